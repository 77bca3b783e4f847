using System.Globalization;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Http;

/// <summary>So many calls in so much time; whoever was quiet for that long may make all of them at once.</summary>
public sealed record CallRate(int Calls, TimeSpan Per);

/// <summary>
/// Limits of calls that all nodes share. Each key is one row, which says until when its calls are spent; a call is one
/// statement, so that no two of them are both the last one.
/// </summary>
public sealed class CallRates(NpgsqlDataSource database)
{
    /// <summary>
    /// Null when the call may go on, which counts it; else it is refused, and does not count. Rows that limit nothing
    /// any more go with the calls that come.
    /// </summary>
    /// <param name="key">What is limited, and whose calls: <c>log-in:203.0.113.7</c>.</param>
    public async Task<RateLimited?> TakeAsync(string key, CallRate rate, CancellationToken cancellationToken)
    {
        var cost = rate.Per / rate.Calls;
        var answers = await database
            .CreateCommand(
                """
                WITH taken AS (
                    INSERT INTO billing.call_rates AS known (key, spent_until)
                    VALUES (@key, clock_timestamp() + @cost)
                    ON CONFLICT (key) DO UPDATE
                        SET spent_until = greatest(known.spent_until, clock_timestamp()) + @cost
                        WHERE known.spent_until <= clock_timestamp() + @spare
                    RETURNING key
                ), swept AS (
                    DELETE FROM billing.call_rates WHERE key IN (
                        SELECT old.key FROM billing.call_rates old
                        WHERE old.spent_until < clock_timestamp() AND old.key <> @key
                        ORDER BY old.spent_until LIMIT 4 FOR UPDATE SKIP LOCKED)
                )
                SELECT EXISTS (SELECT FROM taken),
                    (SELECT known.spent_until - @spare - clock_timestamp() FROM billing.call_rates known
                        WHERE known.key = @key)
                """
            )
            .With("key", key)
            .With("cost", cost)
            .With("spare", rate.Per - cost)
            .ReadAsync(
                row => (IsTaken: row.GetBoolean(0), Wait: row.IsDBNull(1) ? TimeSpan.Zero : row.GetTimeSpan(1)),
                cancellationToken
            );
        var (isTaken, wait) = answers.Single();
        return isTaken ? null : new RateLimited(wait);
    }
}

/// <summary>The caller, or the network that the call comes from, calls too often.</summary>
/// <param name="Wait">Until the next call is let through.</param>
public sealed record RateLimited(TimeSpan Wait)
    : Refusal(
        ProblemCodes.TooManyCalls,
        429,
        "That is too often.",
        $"Wait {Seconds(Wait).ToString(CultureInfo.InvariantCulture)} seconds, then try again."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new(RetryAfterMember, Seconds(Wait))];

    private static long Seconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
}
