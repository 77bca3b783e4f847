using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Insight;
using Tollgate.Usage;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>The figures say what happened, and ask no more of the database however much there is.</summary>
public sealed class FigureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_follow_what_is_bought_failed_paid_and_used_and_the_series_ends_where_they_stand()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await acme.PostAsync("/api/workflows/fix/runs", content: null, Token);
        await hydra.BuyAsync(acme);
        await hydra.BuyAsync(globex, "business_annual", seats: 2);
        await hydra.TierBecomesAsync("team");
        await hydra.TierBecomesAsync("business", "globex");

        var bought = await FiguresAsync(hydra);
        // 3 x 20.00, and 2 x 384.00 / 12
        AssertNow(bought, mrr: 60_00 + 64_00, atRisk: 0, seats: 5, openFailures: 0);
        Assert.Equal(1, Last(bought).GetProperty("usage").GetProperty("fix").GetInt64());
        Assert.Equal(1, Last(bought).GetProperty("plans").GetProperty("team").GetInt64());

        await hydra.FailRenewalAsync();
        AssertNow(await FiguresAsync(hydra), mrr: 124_00, atRisk: 60_00, seats: 5, openFailures: 1);

        await hydra.PayOpenInvoiceAsync();
        var paid = await FiguresAsync(hydra);
        AssertNow(paid, mrr: 124_00, atRisk: 0, seats: 5, openFailures: 0);
        Assert.Equal((1, 1, 0), (Sum(paid, "failed"), Sum(paid, "recovered"), Sum(paid, "lost")));
        Assert.True(paid.GetProperty("series").GetArrayLength() > 28, "a month went by");
        var months = await FiguresAsync(hydra, "month");
        Assert.Equal(124_00, Mrr(Last(months)));
        Assert.InRange(months.GetProperty("series").GetArrayLength(), 2, 3);
    }

    [Fact]
    public async Task An_override_is_a_tier_and_no_revenue()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra
            .Service<Tollgate.Subscriptions.SetOverride>()
            .RunAsync(
                new AccountId("acme"),
                "enterprise",
                "sam",
                "signed",
                hydra.Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(9),
                Token
            );

        var now = (await FiguresAsync(hydra)).GetProperty("now");

        Assert.Empty(now.GetProperty("revenue").EnumerateArray());
        Assert.Equal(
            ["free 1", "team 0", "business 0", "enterprise 1"],
            now.GetProperty("tiers")
                .EnumerateArray()
                .Select(tier => $"{tier.GetProperty("tier")} {tier.GetProperty("accounts")}")
        );
    }

    [Fact]
    public async Task Every_page_asks_a_fixed_number_of_statements_however_much_there_is()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var statements = new StatementLog();
        await using var database = new NpgsqlDataSourceBuilder(hydra.ConnectionString)
            .UseLoggerFactory(statements)
            .Build();
        var catalog = hydra.Service<PlanCatalog>();
        var clock = hydra.Service<BillingClock>();
        var accounts = new FindAccounts(database, catalog, clock);
        var explain = new Explain(database, hydra.Service<AccessGate>(), catalog, clock);
        var meters = hydra.Service<UsageMeters>();
        var figures = new ReadFigures(database, catalog, hydra.Service<PriceBook>(), meters, clock);
        var events = new EventList(database);

        async Task<int[]> CountAsync()
        {
            var counts = new List<int>();
            foreach (
                Func<Task> ask in (Func<Task>[])
                    [
                        () => accounts.RunAsync("", "", FindAccounts.PageSizeMax, Token),
                        () => accounts.RunAsync("acme", "", FindAccounts.PageSizeMax, Token),
                        () => explain.RunAsync("acme", Token),
                        () => events.ListAsync(new EventFilter(), Token),
                        () => figures.NowAsync(Token),
                        () => figures.DaysAsync(DateOnly.FromDateTime(clock.Now.UtcDateTime), Token),
                    ]
            )
            {
                await ask();
                counts.Add(statements.Take());
            }

            return [.. counts];
        }

        var few = await CountAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            SELECT 'acme-' || n, 'Acme ' || n, n || '@acme.test', clock_timestamp() FROM generate_series(1, 300) n;
            INSERT INTO billing.audit (account_id, at, cause, before, after)
            SELECT 'acme', clock_timestamp() - n * interval '1 hour', 'test', '{}', '{}' FROM generate_series(1, 300) n;
            INSERT INTO billing.inbox_receipts (event_id, type, received_at, state, not_before, account_id)
            SELECT 'evt_' || n, 'x', clock_timestamp(), 'applied', clock_timestamp(), 'acme'
            FROM generate_series(1, 300) n;
            """
        );
        var many = await CountAsync();

        Assert.All(few, count => Assert.InRange(count, 1, 12));
        Assert.Equal(few, many);
    }

    private static async Task<JsonElement> FiguresAsync(HydraHost hydra, string by = "day")
    {
        using var admin = await hydra.SignInAsync("admin@hydra.test");
        var figures = await admin.GetFromJsonAsync<JsonElement>($"/api/billing/admin/figures?by={by}", Token);
        var now = figures.GetProperty("now");
        if (figures.GetProperty("series").GetArrayLength() > 0)
        {
            Assert.Equal(now.GetProperty("seats").GetInt64(), Last(figures).GetProperty("seats").GetInt64());
            Assert.Equal(now.GetProperty("revenue").GetRawText(), Last(figures).GetProperty("revenue").GetRawText());
        }

        return figures;
    }

    private static void AssertNow(JsonElement figures, long mrr, long atRisk, long seats, long openFailures)
    {
        var now = figures.GetProperty("now");
        var risk = now.GetProperty("at_risk")
            .EnumerateArray()
            .Sum(money => money.GetProperty("amount_minor").GetInt64());
        Assert.Equal(
            (mrr, atRisk, seats, openFailures),
            (Mrr(now), risk, now.GetProperty("seats").GetInt64(), now.GetProperty("open_failures").GetInt64())
        );
    }

    private static long Mrr(JsonElement of) => of.GetProperty("revenue")[0].GetProperty("amount_minor").GetInt64();

    private static JsonElement Last(JsonElement figures) => figures.GetProperty("series").EnumerateArray().Last();

    private static long Sum(JsonElement figures, string name) =>
        figures.GetProperty("series").EnumerateArray().Sum(point => point.GetProperty(name).GetInt64());

    /// <summary>Counts what the driver says it has sent.</summary>
    private sealed class StatementLog : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> said = [];

        public int Take()
        {
            var count = said.Count(text => text.StartsWith("Command execution completed", StringComparison.Ordinal));
            said.Clear();
            return count;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => said.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
