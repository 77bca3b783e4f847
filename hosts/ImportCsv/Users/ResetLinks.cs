using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ImportCsv.Users;

/// <summary>Codes that set a password hold for an hour; those that confirm an e-mail go on holding for a day.</summary>
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
