using Microsoft.EntityFrameworkCore;

namespace Tollgate.Identity;

/// <summary>
/// The tables of sessions, of sign-ups that wait for their confirmation, and of wrong passwords. Statements of SQL own
/// them; this only migrates them. Users are the host's.
/// </summary>
internal sealed class SignInDb(DbContextOptions<SignInDb> options) : DbContext(options)
{
    public const string Schema = "sign_in";
}
