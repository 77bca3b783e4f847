using System.Globalization;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Tollgate;
using Tollgate.Notifications;

namespace ImportCsv.Cloud;

/// <summary>
/// What users are mailed about their sign-in. A link is sent once in ten minutes, however often it is asked for.
/// </summary>
internal sealed class UserLetters(
    IAccountBook accounts,
    UserManager<IdentityUser> users,
    OweLetter letters,
    TollgateOptions options,
    TimeProvider machineTime
) : IUserNews
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    public Task SignedUpAsync(IdentityUser user, CancellationToken cancellationToken) =>
        AskToConfirmAsync(user, cancellationToken);

    public async Task SignedUpAgainAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is { } user)
        {
            await OfferResetAsync(user, cancellationToken);
        }
    }

    public Task ConfirmedAsync(IdentityUser user, CancellationToken cancellationToken) =>
        OweAsync(user, ImportCsvMails.Welcome, "once", [], cancellationToken);

    public Task PasswordChangedAsync(IdentityUser user, CancellationToken cancellationToken) =>
        OweAsync(
            user,
            ImportCsvMails.PasswordChanged,
            user.ConcurrencyStamp!, // another one with each change
            new()
            {
                [ImportCsvMails.At] = machineTime
                    .GetUtcNow()
                    .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            },
            cancellationToken
        );

    public async Task AskToConfirmAsync(IdentityUser user, CancellationToken cancellationToken) =>
        await OweLinkAsync(
            user,
            ImportCsvMails.Confirm,
            "/confirm",
            await users.GenerateEmailConfirmationTokenAsync(user),
            cancellationToken
        );

    public async Task OfferResetAsync(IdentityUser user, CancellationToken cancellationToken) =>
        await OweLinkAsync(
            user,
            ImportCsvMails.ResetPassword,
            "/reset",
            await users.GeneratePasswordResetTokenAsync(user),
            cancellationToken
        );

    private async Task OweLinkAsync(
        IdentityUser user,
        string letter,
        string path,
        string code,
        CancellationToken cancellationToken
    )
    {
        // the host may have ended between a sign-up and its account
        await accounts.OpenAsync(user, cancellationToken);
        var query = $"?user={Uri.EscapeDataString(user.Id)}&code={Uri.EscapeDataString(code)}";
        await OweAsync(
            user,
            letter,
            $"{machineTime.GetUtcNow().Ticks / Between.Ticks}",
            new() { [ImportCsvMails.Link] = new Uri(options.AppUrl, path + query).AbsoluteUri },
            cancellationToken
        );
    }

    private Task OweAsync(
        IdentityUser user,
        string letter,
        string occurrence,
        Dictionary<string, string> facts,
        CancellationToken cancellationToken
    ) => letters.RunAsync(new AccountId(user.Id), letter, occurrence, facts, cancellationToken);
}
