using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Tollgate.Http;
using Tollgate.Notifications;

namespace Tollgate.Identity;

/// <summary>
/// What people are mailed about their sign-in, each to the person's own address. A link is sent once in ten minutes,
/// however often it is asked for.
/// </summary>
internal sealed class SignInMails(
    UserManager<IdentityUser> users,
    ISignUpBinding binding,
    QueueHostMail mails,
    CallRates rates,
    SignInTerms terms,
    TollgateOptions options,
    TimeProvider machineTime
)
{
    private static readonly CallRate Repeats = new(1, TimeSpan.FromMinutes(10));

    /// <summary>Who mistyped the password signs up again, and must not wait for that.</summary>
    private static readonly CallRate Firsts = new(3, TimeSpan.FromMinutes(30));

    /// <summary>Whether another link of a new sign-up may go to the address.</summary>
    public Task<bool> MayConfirmAsync(string email, CancellationToken cancellationToken) =>
        MayAsync("confirm-mail", email, Firsts, cancellationToken);

    /// <summary>Whether the link of a sign-up may go to the address again.</summary>
    public Task<bool> MayConfirmAgainAsync(string email, CancellationToken cancellationToken) =>
        MayAsync("again-mail", email, Repeats, cancellationToken);

    public Task ConfirmAsync(PendingSignUp asked, string code, CancellationToken cancellationToken) =>
        QueueLinkAsync(
            new AccountId(asked.Id),
            asked.Email,
            SignInWords.Confirm,
            terms.ConfirmPath,
            (asked.Id, code),
            cancellationToken
        );

    /// <summary>A link for a new password, for who forgot it or signed up though they are known.</summary>
    public async Task OfferResetAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        if (!await MayAsync("reset-mail", user.Email!, Repeats, cancellationToken))
        {
            return;
        }

        await QueueLinkAsync(
            await binding.FindAccountAsync(user.Id, cancellationToken),
            user.Email!,
            SignInWords.Reset,
            terms.ResetPath,
            (user.Id, await users.GeneratePasswordResetTokenAsync(user)),
            cancellationToken
        );
    }

    public async Task PasswordChangedAsync(IdentityUser user, CancellationToken cancellationToken) =>
        await mails.RunAsync(
            await binding.FindAccountAsync(user.Id, cancellationToken),
            user.Email,
            SignInWords.PasswordChanged,
            user.ConcurrencyStamp!, // another one with each change
            new Dictionary<string, string>
            {
                [SignInWords.At] = machineTime.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            },
            cancellationToken
        );

    private Task QueueLinkAsync(
        AccountId account,
        string to,
        string mail,
        string path,
        (string User, string Code) link,
        CancellationToken cancellationToken
    )
    {
        var query = $"?user={Uri.EscapeDataString(link.User)}&code={Uri.EscapeDataString(link.Code)}";
        return mails.RunAsync(
            account,
            to,
            mail,
            Secret.NameOf(link.Code),
            new Dictionary<string, string> { [SignInWords.Link] = options.PageUrl(path + query).AbsoluteUri },
            cancellationToken
        );
    }

    private async Task<bool> MayAsync(string what, string email, CallRate rate, CancellationToken cancellationToken) =>
        await rates.TakeAsync($"{what}:{Secret.NameOf(users.NormalizeEmail(email))}", rate, cancellationToken) is null;
}
