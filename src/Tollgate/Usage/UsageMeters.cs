using Npgsql;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Tollgate.Usage;

/// <summary>
/// Counts metered use exactly: reserve a unit before a run, commit it when the run succeeded, release it when it did
/// not. Calls that arrive together share a transaction; each is answered after its COMMIT.
/// </summary>
/// <remarks>
/// A run without a result gives its unit back when its lease has run out (<see cref="MeterOptions.LeaseLength"/>).
/// Once a call is made it is carried out: its token only ends the waiting.
/// </remarks>
public sealed class UsageMeters : IAsyncDisposable
{
    /// <summary>Characters of a run's key.</summary>
    public const int LongestKey = 200;

    private readonly NpgsqlDataSource database;
    private readonly PlanCatalog catalog;
    private readonly BillingClock clock;
    private readonly IMeterRefusals refusals;
    private readonly BillingSwitch billing;

    // first by one statement for all; what that leaves is decided in a transaction
    private readonly Batcher<ReserveCall, Task<ReserveAnswer>> reserves;
    private readonly Batcher<ReserveCall, ReserveAnswer> otherReserves;
    private readonly Batcher<SettleCall, Task<SettleResult?>> settlements;
    private readonly Batcher<SettleCall, SettleResult?> otherSettlements;
    private readonly BatchedLookup<AccountId, MeterRow[]> rows;

    internal UsageMeters(
        NpgsqlDataSource database,
        PlanCatalog catalog,
        BillingClock clock,
        IMeterRefusals refusals,
        BillingSwitch billing,
        MeterOptions meters
    )
    {
        this.database = database;
        this.catalog = catalog;
        this.clock = clock;
        this.refusals = refusals;
        this.billing = billing;
        otherReserves = new(new ReserveFlush(database, catalog, meters).RunAsync, meters.LargestFlush);
        otherSettlements = new(new SettleFlush(database, catalog, meters).RunAsync, meters.LargestFlush);
        var reserving = new KeptConnection(database);
        var fastReserve = new FastReserve(
            reserving,
            meters,
            call => otherReserves.EnqueueAsync(call, CancellationToken.None)
        );
        var settling = new KeptConnection(database);
        var fastCommit = new FastCommit(
            settling,
            catalog,
            meters,
            call => otherSettlements.EnqueueAsync(call, CancellationToken.None)
        );
        reserves = new(fastReserve.RunAsync, meters.LargestFlush, reserving);
        settlements = new(fastCommit.RunAsync, meters.LargestFlush, settling);
        rows = new(FindRowsAsync);
    }

    /// <summary>
    /// Asks for one unit. Refused with a <see cref="MeterLimitReached"/> when used and held units reach the plan's
    /// limit, or because there is no plan; not while billing is switched off: then it is counted and never refused, and
    /// once billing is on again the count starts anew.
    /// </summary>
    /// <param name="meter">Id of a meter of the catalog.</param>
    /// <param name="key">The run, in 1 to 200 characters. The same key is the same run and counts once.</param>
    /// <exception cref="KeyNotFoundException">No such meter.</exception>
    /// <exception cref="ArgumentException">The key has another form.</exception>
    public async Task<Outcome<MeterLease>> ReserveAsync(
        AccountId account,
        string meter,
        string key,
        CancellationToken cancellationToken
    )
    {
        var asked = catalog.Meter(meter);
        var call = new ReserveCall(
            new MeterKey(account, meter),
            Checked(key),
            asked.WindowGroup,
            GroupOf(asked),
            asked.Window,
            catalog.FreeLimit(asked),
            Enforce: billing.IsOn,
            clock.Now
        );
        var answer = await (await reserves.EnqueueAsync(call, cancellationToken)).WaitAsync(cancellationToken);
        BillingMetrics.Reserved(meter, MeterOutcome.Of(answer.Result));
        if (answer.Result is { } result)
        {
            return new MeterLease(account, meter, key, result, answer.WindowEndsAt);
        }

        return answer.Count is { Limit: { } limit } count
            ? await refusals.RefuseAsync(
                account,
                new MeterUse(asked, count.Used, limit, answer.WindowEndsAt),
                cancellationToken
            )
            : throw new InvalidOperationException($"{meter} was refused without a limit.");
    }

    /// <summary>The run succeeded: it counts, once, in the window that it was reserved in.</summary>
    /// <exception cref="RunNotReservedException">The run was never reserved.</exception>
    public Task<SettleResult> CommitAsync(
        AccountId account,
        string meter,
        string key,
        CancellationToken cancellationToken
    ) => SettleAsync(account, meter, key, succeeded: true, cancellationToken);

    /// <summary>
    /// The run failed: its unit is given back, up to <see cref="MeterOptions.ReleasesPerDay"/> times; after that it
    /// counts.
    /// </summary>
    /// <exception cref="RunNotReservedException">The run was never reserved.</exception>
    public Task<SettleResult> ReleaseAsync(
        AccountId account,
        string meter,
        string key,
        CancellationToken cancellationToken
    ) => SettleAsync(account, meter, key, succeeded: false, cancellationToken);

    /// <summary>Every meter of the catalog as it stands now, in the catalog's order. Writes nothing.</summary>
    public async Task<IReadOnlyList<MeterReading>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var stored = await rows.FindAsync(account, cancellationToken) ?? [];
        return MeterReading.Of(account, stored, catalog, clock.Now, billing.IsOn);
    }

    /// <summary>
    /// The refusal that <see cref="ReserveAsync"/> of another unit would answer where a meter stands so; null while
    /// there is one. It holds nothing: the unit may be gone by then.
    /// </summary>
    public async Task<Refusal?> RefuseAsync(
        AccountId account,
        MeterReading reading,
        CancellationToken cancellationToken
    ) =>
        reading.Limit is { } limit && reading.Used + reading.Reserved >= limit
            ? await refusals.RefuseAsync(
                account,
                new MeterUse(
                    reading.Meter,
                    reading.Used,
                    limit,
                    reading.WindowEndsAt ?? MeterWindow.EndAt(endsAt: null, reading.Meter.Window, clock.Now)
                ),
                cancellationToken
            )
            : null;

    /// <summary>
    /// What was counted on each day (UTC) from one moment until before another, the oldest first; paid use is counted
    /// too. Days without use are not named. What is older than <see cref="MeterOptions.KeptFor"/> is forgotten.
    /// </summary>
    public async Task<IReadOnlyList<MeterDay>> ReadDaysAsync(
        AccountId account,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) => await database.SelectDays(account, from, until).ReadAsync(ReservationStatements.ReadDay, cancellationToken);

    /// <summary>The same, of all accounts together.</summary>
    public async Task<IReadOnlyList<MeterDay>> ReadDaysOfAllAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await database
            .SelectDays(account: null, from, until)
            .ReadAsync(ReservationStatements.ReadDay, cancellationToken);

    /// <summary>Answers the calls that wait, and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await reserves.DisposeAsync();
        await settlements.DisposeAsync();
        await otherReserves.DisposeAsync();
        await otherSettlements.DisposeAsync();
        await rows.DisposeAsync();
    }

    /// <summary>True for 1 to <see cref="LongestKey"/> characters without control characters.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= LongestKey && !key.Any(char.IsControl);

    private async Task<IReadOnlyDictionary<AccountId, MeterRow[]>> FindRowsAsync(
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancellationToken
    )
    {
        var found = await database.SelectOf(accounts).ReadAsync(MeterStatements.Read, cancellationToken);
        return found.GroupBy(row => row.Id.Account).ToDictionary(rows => rows.Key, rows => rows.ToArray());
    }

    private async Task<SettleResult> SettleAsync(
        AccountId account,
        string meter,
        string key,
        bool succeeded,
        CancellationToken cancellationToken
    )
    {
        var call = new SettleCall(new(new(account, meter), Checked(key)), succeeded, clock.Now);
        var result =
            await (await settlements.EnqueueAsync(call, cancellationToken)).WaitAsync(cancellationToken)
            ?? throw new RunNotReservedException($"Run {key} of {meter} was never reserved for {account}.");
        BillingMetrics.Settled(meter, MeterOutcome.Of(result));
        return result;
    }

    private string[] GroupOf(Meter meter) =>
        [.. catalog.Meters.Where(other => other.WindowGroup == meter.WindowGroup).Select(other => other.Id)];

    private static string Checked(string key) =>
        IsKey(key)
            ? key
            : throw new ArgumentException($"A key has 1 to {LongestKey} printable characters.", nameof(key));
}

/// <summary>A run is settled that no unit was ever held for.</summary>
public sealed class RunNotReservedException(string message) : InvalidOperationException(message);
