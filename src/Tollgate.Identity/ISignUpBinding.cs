using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace Tollgate.Identity;

/// <summary>What a host makes of a person who has confirmed the address: a tenant, a membership, an account.</summary>
public interface ISignUpBinding
{
    /// <summary>
    /// In the transaction of the host's context that makes the user, who stands there already. A refusal undoes it, and
    /// the person is notified.
    /// </summary>
    /// <param name="details">What the sign-up gave to <see cref="SignUps.RequestAsync"/>.</param>
    Task<Refusal?> BindAsync(IdentityUser user, JsonElement details, CancellationToken cancellationToken);

    /// <summary>After it has been committed, or an older user's address has been confirmed at last.</summary>
    Task WelcomeAsync(IdentityUser user, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>With which account the user's mails are erased. It need not be one that billing knows.</summary>
    ValueTask<AccountId> FindAccountAsync(string userId, CancellationToken cancellationToken) =>
        new(new AccountId(userId));
}
