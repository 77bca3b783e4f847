using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Identity;

/// <summary>
/// Who is signed in, on which browser or by which token. A session is a row here, so it ends when the row goes: by
/// logging out, by another password (the user's stamp is another then), with the user, or after two weeks without a
/// call, and in any case after ninety days.
/// </summary>
internal sealed class UserSessions : IAsyncDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>A use within it does not write.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromHours(12);

    private readonly NpgsqlDataSource database;
    private readonly KnownSessions known;
    private readonly Lazy<string> findStatement;
    private readonly BatchedLookup<string, KeptSession> sessions;

    public UserSessions(NpgsqlDataSource database, IServiceScopeFactory scopes, KnownSessions known)
    {
        this.database = database;
        this.known = known;
        findStatement = new(() => FindStatement(scopes));
        sessions = new(FindAllAsync);
    }

    /// <summary>Answers the calls that wait, and takes no more.</summary>
    public ValueTask DisposeAsync() => sessions.DisposeAsync();

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
    public async Task<SessionUser?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Key(secret);
        try
        {
            var found = await AskAsync(hash, cancellationToken);
            known.Keep(hash, found);
            return found;
        }
        catch (Exception failure) when (IsAway(failure) && known.Find(hash) is not null)
        {
            return known.Find(hash); // the database is the one to log that it is away
        }
    }

    private static bool IsAway(Exception failure) =>
        failure is NpgsqlException { IsTransient: true } or TimeoutException;

    private async Task<SessionUser?> AskAsync(string hash, CancellationToken cancellationToken)
    {
        var found = await sessions.FindAsync(hash, cancellationToken);
        if (found is { IsDue: true })
        {
            await GoOnAsync(Convert.FromHexString(hash), cancellationToken);
        }

        return found?.User;
    }

    private async Task<IReadOnlyDictionary<string, KeptSession>> FindAllAsync(
        IReadOnlyCollection<string> hashes,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .CreateCommand(findStatement.Value)
            .With("hashes", hashes.Select(Convert.FromHexString).ToArray())
            .With("due", Idle - Grain)
            .ReadAsync(
                row => new KeptSession(
                    Convert.ToHexString(row.GetFieldValue<byte[]>(0)),
                    new SessionUser(row.GetString(1), row.Nullable<string>(2) ?? "", row.Nullable<string>(3)),
                    IsDue: row.GetBoolean(4)
                ),
                cancellationToken
            );
        return found.ToDictionary(session => session.Hash);
    }

    private static string Key(string secret) => Convert.ToHexString(Secret.HashOf(secret));

    /// <summary>
    /// What every call asks, in the names that the host's context has for its users. Made once: a context for each call
    /// takes longer than the query.
    /// </summary>
    private static string FindStatement(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext<IdentityUser>>();
        var sql = db.GetService<ISqlGenerationHelper>();
        var users = db.Model.FindEntityType(typeof(IdentityUser))!;
        var table = StoreObjectIdentifier.Table(users.GetTableName()!, users.GetSchema());
        string Column(string property) =>
            "users." + sql.DelimitIdentifier(users.FindProperty(property)!.GetColumnName(table)!);
        return $"""
            SELECT sessions.session_hash, {Column(nameof(IdentityUser.Id))}, {Column(nameof(IdentityUser.UserName))},
                {Column(nameof(IdentityUser.Email))}, sessions.expires_at < clock_timestamp() + @due
            FROM sign_in.sessions sessions
            JOIN {sql.DelimitIdentifier(table.Name, table.Schema)} users
                ON {Column(nameof(IdentityUser.Id))} = sessions.user_id
                    AND {Column(nameof(IdentityUser.SecurityStamp))} = sessions.security_stamp
            WHERE sessions.session_hash = ANY(@hashes) AND sessions.expires_at > clock_timestamp()
            """;
    }

    public async Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = Secret.HashOf(secret);
        await database
            .CreateCommand("DELETE FROM sign_in.sessions WHERE session_hash = @hash")
            .With("hash", hash)
            .RunAsync(cancellationToken);
        known.Keep(Convert.ToHexString(hash), user: null);
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
}

/// <summary>A session that still holds.</summary>
/// <param name="IsDue">It is used for the first time in a while, and holds the longer for it.</param>
internal sealed record KeptSession(string Hash, SessionUser User, bool IsDue);

/// <summary>Who is signed in.</summary>
internal sealed record SessionUser(string Id, string Name, string? Email);
