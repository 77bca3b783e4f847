using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;
using Tollgate.Usage;

namespace Tollgate.Load.Paths;

/// <summary>The library's meters, on accounts whose plan grants more than a run can use.</summary>
internal sealed class OurUsage(IServiceProvider services, int tenants)
{
    private const string Meter = "fix";
    private const int LimitToReach = 50;
    private const int TenantsToLimit = 100;

    private readonly UsageMeters meters = services.GetRequiredService<UsageMeters>();
    private readonly NpgsqlDataSource database = services.GetRequiredService<NpgsqlDataSource>();
    private readonly AccountId[] accounts =
    [
        .. Enumerable
            .Range(0, tenants)
            .Select(i => new AccountId(string.Create(CultureInfo.InvariantCulture, $"load-{i}"))),
    ];

    public async Task ReserveAsync(long call)
    {
        if (!await TryReserveAsync(call))
        {
            throw new InvalidOperationException("A reserve was refused below the limit.");
        }
    }

    public async Task CommitAsync(long call) =>
        await meters.CommitAsync(accounts[call % accounts.Length], Meter, KeyOf(call), CancellationToken.None);

    public Task ClearAsync(CancellationToken cancellationToken) => ClearAsync(1_000_000_000, cancellationToken);

    /// <summary>So many reservations are held, as <see cref="ReserveAsync"/> would have made them.</summary>
    public async Task HoldAsync(long count, CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        await database.RunAsync(
            $"""
            INSERT INTO billing.reservations
                (account_id, meter, key, state, window_no, window_ends_at, leased_until)
            SELECT account_id, meter, 'run-' || call, 'reserved', window_no, window_ends_at,
                clock_timestamp() + interval '1 hour'
            FROM generate_series(0, {count - 1}) call
            JOIN billing.meters ON account_id = 'load-' || call % {tenants} AND meter = '{Meter}';
            UPDATE billing.meters SET reserved = held.count
            FROM (SELECT account_id, count(*) FROM billing.reservations
                WHERE state = 'reserved' GROUP BY account_id) held
            WHERE meters.account_id = held.account_id AND meter = '{Meter}';
            """,
            cancellationToken
        );
        await database.RunAsync("VACUUM ANALYZE billing.meters, billing.reservations", cancellationToken);
    }

    public async Task<string?> FindReserveFaultAsync(long granted, CancellationToken cancellationToken)
    {
        var counted = await SumAsync("reserved", cancellationToken);
        var held = await database.ReadAsync<long>(
            "SELECT count(*) FROM billing.reservations WHERE state = 'reserved'",
            cancellationToken
        );
        return Exactness.OfReserves(granted, counted, held);
    }

    public async Task<string?> FindCommitFaultAsync(long held, long committed, CancellationToken cancellationToken)
    {
        var used = await SumAsync("used", cancellationToken);
        var reserved = await SumAsync("reserved", cancellationToken);
        return Exactness.OfCommits(committed, held, used, reserved);
    }

    /// <summary>More calls than the limit allows are granted exactly as many as it does.</summary>
    /// <exception cref="InexactException">They are not.</exception>
    public async Task CheckLimitAsync(CancellationToken cancellationToken)
    {
        var all = Math.Min(TenantsToLimit, tenants);
        await ClearAsync(LimitToReach, cancellationToken);
        var granted = 0L;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2 * LimitToReach * all),
            new ParallelOptions { MaxDegreeOfParallelism = 512, CancellationToken = cancellationToken },
            async (call, _) =>
            {
                if (await TryReserveAsync(((long)call / all * tenants) + (call % all)))
                {
                    Interlocked.Increment(ref granted);
                }
            }
        );
        if (granted != (long)LimitToReach * all || await FindReserveFaultAsync(granted, cancellationToken) is not null)
        {
            throw new InexactException($"{all} accounts with a limit of {LimitToReach} were granted {granted}.");
        }
    }

    private async Task<bool> TryReserveAsync(long call)
    {
        var account = accounts[call % accounts.Length];
        var answer = await meters.ReserveAsync(account, Meter, KeyOf(call), CancellationToken.None);
        return answer.Refusal is null;
    }

    private async Task ClearAsync(int limit, CancellationToken cancellationToken)
    {
        await database.RunAsync(
            $"""
            DELETE FROM billing.reservations WHERE key LIKE 'run-%';
            INSERT INTO billing.meters
                (account_id, meter, window_group, window_ends_at, window_no, plan_limit, plan_until)
            SELECT 'load-' || tenant, meter, 'free_tier', clock_timestamp() + interval '29 days', 1, {limit}, 'infinity'
            FROM generate_series(0, {UsagePaths.TenantsMax - 1}) tenant,
                unnest(ARRAY['fix', 'doc_run', 'linear_cycle']) meter
            ON CONFLICT (account_id, meter) DO UPDATE SET used = 0, reserved = 0, plan_limit = {limit};
            INSERT INTO billing.reservations
                (account_id, meter, key, state, window_no, window_ends_at, leased_until, settled_at)
            SELECT 'load-' || run % {UsagePaths.TenantsMax}, '{Meter}', 'past-' || run, 'committed', 0,
                clock_timestamp(), clock_timestamp(), clock_timestamp()
            FROM generate_series(1, {UsagePaths.PastRuns}) run
            ON CONFLICT (account_id, meter, key) DO NOTHING;
            """,
            cancellationToken
        );
        await database.RunAsync("VACUUM ANALYZE billing.meters, billing.reservations", cancellationToken);
    }

    private Task<long> SumAsync(string column, CancellationToken cancellationToken) =>
        database.ReadAsync<long>(
            $"SELECT sum({column}) FROM billing.meters WHERE account_id LIKE 'load-%'",
            cancellationToken
        );

    private static string KeyOf(long call) => string.Create(CultureInfo.InvariantCulture, $"run-{call}");
}
