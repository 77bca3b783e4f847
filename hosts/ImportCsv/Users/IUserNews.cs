using Microsoft.AspNetCore.Identity;

namespace ImportCsv.Users;

/// <summary>Who does something when something became of a user: the cloud, which opens accounts and mails.</summary>
internal interface IUserNews
{
    Task SignedUpAsync(IdentityUser user, CancellationToken cancellationToken);

    Task ConfirmedAsync(IdentityUser user, CancellationToken cancellationToken);

    Task PasswordChangedAsync(IdentityUser user, CancellationToken cancellationToken);
}
