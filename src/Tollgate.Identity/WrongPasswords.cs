using Npgsql;
using Tollgate.Http;
using Tollgate.Storage;

namespace Tollgate.Identity;

/// <summary>
/// Slows down who guesses. After five tries at one user from one address each further one waits twice as long as the
/// last, up to a quarter of an hour. Others, from elsewhere, are let in at once: nobody locks an owner out by guessing.
/// </summary>
internal sealed class WrongPasswords(NpgsqlDataSource database)
{
    /// <summary>
    /// Counts a try before its password is checked, so that many at once are no way round. Null when it may go on.
    /// </summary>
    public async Task<RateLimited?> TryAsync(string key, CancellationToken cancellationToken)
    {
        var answers = await database
            .CreateCommand(
                """
                WITH tried AS (
                    INSERT INTO sign_in.wrong_passwords AS known (key, failures, blocked_until, last_at)
                    VALUES (@key, 1, clock_timestamp(), clock_timestamp())
                    ON CONFLICT (key) DO UPDATE SET
                        failures = CASE WHEN known.last_at < clock_timestamp() - interval '1 day' THEN 1
                            ELSE known.failures + 1 END,
                        blocked_until = clock_timestamp() + CASE
                            WHEN known.last_at < clock_timestamp() - interval '1 day' OR known.failures < 4
                                THEN interval '0'
                            ELSE least(interval '15 minutes',
                                interval '5 seconds' * power(2, least(known.failures - 4, 10))) END,
                        last_at = clock_timestamp()
                    WHERE known.blocked_until <= clock_timestamp()
                    RETURNING key
                ), swept AS (
                    DELETE FROM sign_in.wrong_passwords WHERE key IN (
                        SELECT old.key FROM sign_in.wrong_passwords old
                        WHERE old.last_at < clock_timestamp() - interval '1 day' AND old.key <> @key
                        ORDER BY old.last_at LIMIT 4 FOR UPDATE SKIP LOCKED)
                )
                SELECT EXISTS (SELECT FROM tried),
                    (SELECT blocked_until - clock_timestamp() FROM sign_in.wrong_passwords WHERE key = @key)
                """
            )
            .With("key", key)
            .ReadAsync(
                row => (MayGoOn: row.GetBoolean(0), Wait: row.IsDBNull(1) ? TimeSpan.Zero : row.GetTimeSpan(1)),
                cancellationToken
            );
        var (mayGoOn, wait) = answers.Single();
        return mayGoOn ? null : new RateLimited(wait);
    }

    /// <summary>The password was right.</summary>
    public async Task ForgetAsync(string key, CancellationToken cancellationToken) =>
        await database
            .CreateCommand("DELETE FROM sign_in.wrong_passwords WHERE key = @key")
            .With("key", key)
            .RunAsync(cancellationToken);
}
