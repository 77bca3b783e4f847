using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tollgate.Identity;

/// <summary>
/// Makes and compares hashes of passwords, and counts them: the work is what an attacker wants to be done, and what
/// must not differ between an address that is known and one that is not.
/// </summary>
internal sealed class PasswordWork(IOptions<PasswordHasherOptions> options, IMeterFactory meters)
    : PasswordHasher<IdentityUser>(options)
{
    internal const string CounterName = "tollgate.sign_in.passwords_hashed";

    private readonly Counter<long> hashed = meters
        .Create("Tollgate.Identity")
        .CreateCounter<long>(CounterName, "{password}");

    private string? decoy;

    public override string HashPassword(IdentityUser user, string password)
    {
        hashed.Add(1);
        return base.HashPassword(user, password);
    }

    public override PasswordVerificationResult VerifyHashedPassword(
        IdentityUser user,
        string hashedPassword,
        string providedPassword
    )
    {
        hashed.Add(1);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    /// <summary>One comparison, also when there is nothing to compare with.</summary>
    public bool Matches(string? hash, string password)
    {
        decoy ??= base.HashPassword(new IdentityUser(), Secret.New());
        return VerifyHashedPassword(new IdentityUser(), hash ?? decoy, password) != PasswordVerificationResult.Failed
            && hash is not null;
    }
}
