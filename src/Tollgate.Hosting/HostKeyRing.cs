using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Settings;
using Tollgate.Storage;

namespace Tollgate.Hosting;

/// <summary>ASP.NET Core Data Protection in Tollgate's database, for a host that has no other place for it.</summary>
public static class HostKeyRing
{
    /// <summary>
    /// Keeps the keys of Data Protection in the database of <see cref="HostFoundation.AddTollgateFoundation"/>, under
    /// the application name <c>tollgate</c>, so that all nodes and restarts share cookies and tokens. A host that has
    /// set up Data Protection does not call it: another name or another ring signs its people out. The keys are
    /// encrypted by the certificate of <c>Tollgate:KeyRing:Certificate</c> where there is one; <c>doctor</c> says when
    /// they are not.
    /// </summary>
    public static IDataProtectionBuilder AddTollgateKeyRing(
        this IServiceCollection services,
        IConfiguration configuration
    )
    {
        var certificates = KeyRingCertificate.Read(configuration, out var settings);
        services.AddSettings(settings);
        services.AddSingleton<KeyRingInDatabase>();
        var ring = services.AddDataProtection().SetApplicationName("tollgate").PersistKeysToDbContext<TollgateDb>();
        return certificates is [var first, ..]
            ? ring.ProtectKeysWithCertificate(first).UnprotectKeysWithAnyCertificate(certificates)
            : ring;
    }
}

/// <summary>The host keeps its keys here, which is for <c>doctor</c> to check.</summary>
internal sealed record KeyRingInDatabase;
