using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Tollgate.Settings;

namespace Tollgate.Hosting;

/// <summary>
/// The certificates that encrypt the key ring in the database: the first encrypts new keys, all of them open those that
/// are there.
/// </summary>
internal static class KeyRingCertificate
{
    private static readonly Setting Password = new(
        "Tollgate:KeyRing:CertificatePassword",
        "a password",
        "opens the files of Tollgate__KeyRing__Certificate"
    );

    private static readonly Setting Files = new(
        "Tollgate:KeyRing:Certificate",
        "the path of a PKCS#12 file with its private key that Tollgate__KeyRing__CertificatePassword opens, and while "
            + "it is changed the former one after a comma",
        "encrypts the keys of Data Protection in the database"
    );

    /// <param name="settings">What was read, for the check of all settings: a file that cannot be used is a fault of
    /// the start, reported with all others.</param>
    /// <returns>Empty when none is set, or one of them cannot be used.</returns>
    public static X509Certificate2[] Read(IConfiguration configuration, out IEnumerable<Setting> settings)
    {
        var named = Files.Read(configuration)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        var loaded = named.Select(file => TryLoad(file, Password.Read(configuration))).ToList();
        var isUsable = !loaded.Contains(null);
        settings = [Files with { Takes = _ => isUsable }, Password];
        return isUsable ? [.. loaded.Select(certificate => certificate!)] : [];
    }

    private static X509Certificate2? TryLoad(string file, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return certificate.HasPrivateKey ? certificate : null;
        }
        catch (Exception unusable)
            when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null; // the setting is reported as malformed, without its value
        }
    }
}
