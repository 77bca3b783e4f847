using System.Text.Json;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Tollgate;
using Tollgate.Identity;
using Tollgate.Notifications;

namespace ImportCsv.Cloud;

/// <summary>In the cloud a user has a billing account, and is welcomed once the address is confirmed.</summary>
internal sealed class SignUpInCloud(IAccountBook accounts, QueueHostMail mails) : ISignUpBinding
{
    // before the commit: a user whom billing does not know could not pay; an account without a user is nobody's
    public async Task<Refusal?> BindAsync(IdentityUser user, JsonElement details, CancellationToken cancellationToken)
    {
        await accounts.OpenAsync(user, cancellationToken);
        return null;
    }

    public async Task WelcomeAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        await accounts.OpenAsync(user, cancellationToken); // of a user from before the cloud was on
        await mails.RunAsync(
            new AccountId(user.Id),
            ImportCsvMails.Welcome,
            "once",
            new Dictionary<string, string>(),
            cancellationToken
        );
    }
}
