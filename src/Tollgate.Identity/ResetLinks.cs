using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tollgate.Identity;

/// <summary>Codes that set a password hold for an hour, and once: they are made of the user's stamp.</summary>
internal sealed class ResetLinks(
    IDataProtectionProvider protection,
    IOptions<ResetLinkOptions> options,
    ILogger<ResetLinks> log
) : DataProtectorTokenProvider<IdentityUser>(protection, options, log)
{
    public const string ProviderName = "reset";
}

internal sealed class ResetLinkOptions : DataProtectionTokenProviderOptions
{
    public ResetLinkOptions()
    {
        Name = ResetLinks.ProviderName;
        TokenLifespan = TimeSpan.FromHours(1);
    }
}
