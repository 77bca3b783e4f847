using Microsoft.AspNetCore.Identity;

namespace ImportCsv.Users;

/// <summary>Who does something when something became of a user: the cloud, which opens accounts and mails.</summary>
internal interface IUserNews
{
    Task SignedUpAsync(IdentityUser user, CancellationToken cancellationToken);

    /// <summary>Somebody signed up with the address of a user; who does not know that they are one is helped.</summary>
    Task SignedUpAgainAsync(string email, CancellationToken cancellationToken);

    Task ConfirmedAsync(IdentityUser user, CancellationToken cancellationToken);

    Task PasswordChangedAsync(IdentityUser user, CancellationToken cancellationToken);
}
