using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tollgate.Storage;

namespace Tollgate;

/// <summary>ASP.NET Core Data Protection in Tollgate's database, for a host that has no other place for it.</summary>
public static class HostKeyRing
{
    /// <summary>
    /// Keeps the keys of Data Protection in the database of <see cref="HostFoundation.AddTollgateFoundation"/>, under
    /// the application name <c>tollgate</c>, so that all nodes and restarts share cookies and tokens. A host that has
    /// set up Data Protection does not call it: another name or another ring signs its people out.
    /// </summary>
    public static IDataProtectionBuilder AddTollgateKeyRing(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
        {
            var contexts = new Lazy<IDbContextFactory<TollgateDb>>(
                provider.GetRequiredService<IDbContextFactory<TollgateDb>>
            );
            return new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new DataProtectionKeys(contexts)
            );
        });
        return services.AddDataProtection().SetApplicationName("tollgate");
    }
}
