using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Who reads the database, or its dump, can sign nobody in where a certificate encrypts the keys.</summary>
public sealed class KeyRingTests : IDisposable
{
    private const string Password = "not-the-certificates";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("key-ring-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_a_certificate_doctor_says_that_the_keys_lie_open()
    {
        await using var hydra = await HydraHost.StartAsync();
        Protect(hydra);

        var (_, output) = await hydra.CommandAsync("doctor");

        Assert.Contains("warn   key ring  1 keys of sign-in lie open", output, StringComparison.Ordinal);
        Assert.Contains("Tollgate__KeyRing__Certificate", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_no_key_can_be_read_without_it_also_while_it_is_changed()
    {
        var (former, next) = (MakeCertificate("former"), MakeCertificate("next"));
        await using var database = await TestDatabase.CreateAsync();
        string kept;
        await using (var hydra = await StartAsync(database, former))
        {
            kept = Protect(hydra);
            var (_, output) = await hydra.CommandAsync("doctor");
            Assert.Contains("ok     key ring", output, StringComparison.Ordinal);
            Assert.Equal(
                "t",
                await hydra.QueryAsync<string>(
                    """
                    SELECT CASE
                        WHEN bool_and(xml LIKE '%<encryptedSecret%' AND xml NOT LIKE '%<masterKey%') THEN 't'
                    END
                    FROM billing.data_protection_keys
                    """
                )
            );
        }

        await using (var changed = await StartAsync(database, $"{next},{former}"))
        {
            Assert.Equal("acme", Protector(changed).Unprotect(kept));
        }

        await using var stranger = await StartAsync(database, next);
        Assert.ThrowsAny<CryptographicException>(() => Protector(stranger).Unprotect(kept));
    }

    [Theory]
    [InlineData("nowhere.pfx", Password)]
    [InlineData("former.pfx", "another password")]
    public async Task A_certificate_that_cannot_be_used_ends_the_start_with_the_settings_name(
        string file,
        string password
    )
    {
        MakeCertificate("former");

        var refused = await Assert.ThrowsAsync<StartupException>(() =>
            HydraHost.StartAsync(
                $"--Tollgate:KeyRing:Certificate={Path.Combine(folder.FullName, file)}",
                $"--Tollgate:KeyRing:CertificatePassword={password}"
            )
        );

        Assert.Contains("Tollgate__KeyRing__Certificate must look like", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.FullName, refused.Message, StringComparison.Ordinal);
    }

    private static Task<HydraHost> StartAsync(TestDatabase database, string certificates) =>
        HydraHost.StartOnAsync(
            database.ConnectionString,
            $"--Tollgate:KeyRing:Certificate={certificates}",
            $"--Tollgate:KeyRing:CertificatePassword={Password}"
        );

    private static IDataProtector Protector(HydraHost hydra) =>
        hydra.Service<IDataProtectionProvider>().CreateProtector("test");

    private static string Protect(HydraHost hydra) => Protector(hydra).Protect("acme");

    private string MakeCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var wish = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = wish.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50),
            DateTimeOffset.UnixEpoch.AddYears(99)
        );
        var path = Path.Combine(folder.FullName, $"{name}.pfx");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12, Password));
        return path;
    }
}
