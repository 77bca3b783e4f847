using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Identity;

/// <summary>
/// Who is signed in, on which browser or by which token. A session is a row here, so it ends when the row goes: by
/// logging out, by another password (the user's stamp is another then), with the user, or after two weeks without a
/// call, and in any case after ninety days.
/// </summary>
internal sealed class UserSessions(NpgsqlDataSource database, KnownSessions known)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>A use within it does not write.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromHours(12);

    /// <summary>Begins one, and answers its secret.</summary>
    public async Task<string> BeginAsync(IdentityUser user, CancellationToken cancellationToken)
    {
        var secret = Secret.New();
        await database
            .CreateCommand(
                """
                WITH swept AS (
                    DELETE FROM sign_in.sessions WHERE session_hash IN (
                        SELECT session_hash FROM sign_in.sessions WHERE expires_at < clock_timestamp()
                        ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)
                )
                INSERT INTO sign_in.sessions (session_hash, user_id, security_stamp, created_at, expires_at)
                VALUES (@hash, @user, @stamp, clock_timestamp(), clock_timestamp() + @idle)
                """
            )
            .With("hash", Secret.HashOf(secret))
            .With("user", user.Id)
            .With("stamp", user.SecurityStamp)
            .With("idle", Idle)
            .RunAsync(cancellationToken);
        return secret;
    }

    /// <summary>Whose it is, when it still holds; while the database is away, whose it was before.</summary>
    public async Task<SessionUser?> FindAsync(
        string secret,
        IdentityDbContext<IdentityUser> db,
        CancellationToken cancellationToken
    )
    {
        var hash = Secret.HashOf(secret);
        try
        {
            var found = await AskAsync(hash, db, cancellationToken);
            known.Keep(hash, found);
            return found;
        }
        catch (Exception failure) when (IsAway(failure) && known.Find(hash) is not null)
        {
            return known.Find(hash); // the database is the one to log that it is away
        }
    }

    // EF Core wraps what may pass
    private static bool IsAway(Exception failure) =>
        (failure.InnerException ?? failure) is NpgsqlException { IsTransient: true } or TimeoutException
        || failure is NpgsqlException { IsTransient: true };

    private async Task<SessionUser?> AskAsync(
        byte[] hash,
        IdentityDbContext<IdentityUser> db,
        CancellationToken cancellationToken
    )
    {
        var sessions = db.Database.SqlQuery<SessionRow>(
            $"""
            SELECT user_id AS "UserId", security_stamp AS "Stamp",
                expires_at < clock_timestamp() + {Idle - Grain} AS "IsDue"
            FROM sign_in.sessions WHERE session_hash = {hash} AND expires_at > clock_timestamp()
            """
        );
        var found = await (
            from session in sessions
            join user in db.Users
                on new { Id = session.UserId, Stamp = session.Stamp } equals new
                {
                    user.Id,
                    Stamp = user.SecurityStamp!,
                }
            select new
            {
                user.Id,
                user.UserName,
                user.Email,
                session.IsDue,
            }
        ).SingleOrDefaultAsync(cancellationToken);
        if (found is { IsDue: true })
        {
            await GoOnAsync(hash, cancellationToken);
        }

        return found is null ? null : new SessionUser(found.Id, found.UserName ?? "", found.Email);
    }

    public async Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(secret);
        await database
            .CreateCommand("DELETE FROM sign_in.sessions WHERE session_hash = @hash")
            .With("hash", hash)
            .RunAsync(cancellationToken);
        known.Keep(hash, user: null);
    }

    public async Task EndAllAsync(string userId, CancellationToken cancellationToken) =>
        await database
            .CreateCommand("DELETE FROM sign_in.sessions WHERE user_id = @user")
            .With("user", userId)
            .RunAsync(cancellationToken);

    private async Task GoOnAsync(byte[] hash, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                UPDATE sign_in.sessions
                SET expires_at = least(clock_timestamp() + @idle, created_at + @longest)
                WHERE session_hash = @hash
                """
            )
            .With("hash", hash)
            .With("idle", Idle)
            .With("longest", Longest)
            .RunAsync(cancellationToken);

    private sealed record SessionRow(string UserId, string Stamp, bool IsDue);
}

/// <summary>Who is signed in.</summary>
internal sealed record SessionUser(string Id, string Name, string? Email);
