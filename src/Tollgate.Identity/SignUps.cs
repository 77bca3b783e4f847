using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>
/// Signing up, for a host's own endpoint. Where there is mail nobody is made yet: a link goes to the address, and to
/// one that is known a link for a new password. The work and the answer are the same, so nobody learns which it was.
/// </summary>
public sealed class SignUps
{
    private readonly IServiceProvider services;
    private readonly UserManager<IdentityUser> users;
    private readonly SignInTerms terms;

    internal SignUps(IServiceProvider services, UserManager<IdentityUser> users, SignInTerms terms)
    {
        this.services = services;
        this.users = users;
        this.terms = terms;
    }

    /// <summary>Null when the mail is on its way, or the user is made.</summary>
    /// <param name="details">What <see cref="ISignUpBinding.BindAsync"/> is to bind.</param>
    /// <param name="isInvited">Somebody vouches for it, so that the limits of sign-ups do not count it.</param>
    public async Task<Refusal?> RequestAsync<TDetails>(
        HttpContext http,
        string email,
        string password,
        TDetails details,
        bool isInvited = false
    )
    {
        if (!EmailAddress.IsOne(email))
        {
            return new InvalidRequest("Give one e-mail address.");
        }

        if (await PasswordRules.FindFaultAsync(users, password) is { } fault)
        {
            return new SignUpRefused(fault);
        }

        if (!isInvited && await FindLimitAsync(http) is { } limited)
        {
            return limited;
        }

        var hash = users.PasswordHasher.HashPassword(new IdentityUser(), password);
        var asked = new PendingSignUp($"{Guid.NewGuid()}", email, hash, JsonSerializer.Serialize(details));
        if (!terms.HasMail)
        {
            return await services.GetRequiredService<ConfirmSignUp>().MakeAsync(asked, http.RequestAborted);
        }

        // it is asked for: whoever goes away now is mailed all the same
        await MailAsync(asked, CancellationToken.None);
        return null;
    }

    private async Task MailAsync(PendingSignUp asked, CancellationToken cancellationToken)
    {
        var mails = services.GetRequiredService<SignInMails>();
        if (await users.FindByEmailAsync(asked.Email) is { } known)
        {
            await mails.OfferResetAsync(known, cancellationToken);
        }
        else if (await mails.MayConfirmAsync(asked.Email, cancellationToken))
        {
            var store = services.GetRequiredService<SignUpStore>();
            var code = await store.AddAsync(asked, users.NormalizeEmail(asked.Email), cancellationToken);
            await mails.ConfirmAsync(asked, code, cancellationToken);
        }
    }

    private async Task<RateLimited?> FindLimitAsync(HttpContext http)
    {
        var limits = services.GetRequiredService<SignInLimits>();
        var rates = services.GetRequiredService<CallRates>();
        var from = CallerNetwork.Of(http);
        var day = TimeSpan.FromDays(1);
        return await rates.TakeAsync(
                $"sign-up:{from.Address}",
                new CallRate(limits.SignUpsPerDay, day),
                http.RequestAborted
            )
            ?? await rates.TakeAsync(
                $"sign-up-network:{from.Network}",
                new CallRate(limits.NetworkSignUpsPerDay, day),
                http.RequestAborted
            );
    }
}
