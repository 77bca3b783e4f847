using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Status;
using Tollgate.Storage;
using Tollgate.Testing;
using Tollgate.Usage;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>
/// One database, a billing clock that only the test advances, and as many nodes as a test asks for.
/// </summary>
internal sealed class MeterNodes : IAsyncDisposable
{
    public static readonly AccountId Acme = new("acme");
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private readonly TestDatabase database;
    private readonly List<IAsyncDisposable> opened = [];

    private MeterNodes(TestDatabase database)
    {
        this.database = database;
        Database = Open();
    }

    public static PlanCatalog Catalog { get; } =
        new(
            "Hydra",
            [
                new Plan("free", "Free")
                {
                    Limits = new Dictionary<string, int>
                    {
                        ["fix"] = 5,
                        ["doc_run"] = 1,
                        ["linear_cycle"] = 5,
                    },
                },
                new Plan("team", "Team"),
            ],
            [
                new Meter("fix", "Fixes", "fixes", "free_tier", Window),
                new Meter("doc_run", "Doc runs", "doc_runs", "free_tier", Window),
                new Meter("linear_cycle", "Linear cycles", "linear_cycles", "free_tier", Window),
            ],
            features: []
        );

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => database.ConnectionString;

    public FakeTimeProvider Clock { get; } = new(Start);

    public TollgateOptions Options { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MeterNodes> CreateAsync() => new(await TestDatabase.CreateAsync(MigrateAsync));

    /// <summary>A node with a pool of its own, as another process would have.</summary>
    public UsageMeters Add(MeterOptions? options = null)
    {
        var node = new UsageMeters(
            Open(),
            Catalog,
            new BillingClock(Clock),
            Refusals(),
            new BillingSwitch(Options),
            options ?? new MeterOptions()
        );
        opened.Insert(0, node);
        return node;
    }

    /// <summary>What metered endpoints ask beside the meters.</summary>
    public PaymentBlock PaymentBlock() => new(Gate(), Catalog, Options, new BillingSwitch(Options));

    private MeterRefusals Refusals() => new(Gate(), Catalog, Options);

    private AccessGate Gate() =>
        new(
            new PooledDbContextFactory<TollgateDb>(TollgateDbOptions.For(ConnectionString)),
            Catalog,
            Options,
            new BillingSwitch(Options),
            new BillingClock(Clock),
            TimeProvider.System,
            NullLogger<AccessGate>.Instance
        );

    /// <summary>What the single writer writes in its commit.</summary>
    public async Task GrantAsync(DateTimeOffset? until, IReadOnlyDictionary<string, int>? limits = null)
    {
        await using var connection = await Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await UsageGrants.WriteAsync(connection, transaction, Acme, limits, until, Clock.GetUtcNow(), Catalog, Token);
        await transaction.CommitAsync(Token);
    }

    /// <summary>The stored rows, as they are.</summary>
    public async Task<IReadOnlyList<MeterRow>> RowsAsync() =>
        await Database.SelectOf([Acme]).ReadAsync(MeterStatements.Read, Token);

    public async Task<MeterRow> RowAsync(string meter) => (await RowsAsync()).Single(row => row.Id.Meter == meter);

    /// <summary>Rows whose counters are not the sum of their window's ledger (I14).</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync() =>
        await Database
            .CreateCommand(
                """
                SELECT account_id || '/' || meter FROM billing.meters m
                WHERE (used, reserved) <> (
                    SELECT count(*) FILTER (WHERE state = 'committed')::int,
                        count(*) FILTER (WHERE state = 'reserved')::int
                    FROM billing.reservations r
                    WHERE r.account_id = m.account_id AND r.meter = m.meter AND r.window_no = m.window_no)
                """
            )
            .ReadAsync(row => row.GetString(0), Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in opened)
        {
            await one.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private NpgsqlDataSource Open()
    {
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        opened.Add(source);
        return source;
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var db = new TollgateDb(TollgateDbOptions.For(connectionString));
        await db.Database.MigrateAsync();
    }
}
