using System.Net;
using Npgsql;
using Tollgate.Access;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Access;

/// <summary>The database is away, or silent: our own outage blocks nobody who pays (decision S9).</summary>
public sealed class GateOutageTests
{
    private const string Feature = "custom_agent_rules";
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_database_a_gate_answers_from_the_row_it_last_read()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        var gate = hydra.Service<AccessGate>();
        Assert.Null(await gate.RefuseAsync(Acme, Feature, Token));
        Assert.IsType<FeatureNotAvailable>(await gate.RefuseAsync(Acme, "audit_logs", Token));

        await proxy.CutAsync();
        await Eventually.Async(() => !gate.IsListening, ct: Token, what: "the listener to notice");

        Assert.Null(await gate.RefuseAsync(Acme, Feature, Token));
        Assert.IsType<FeatureNotAvailable>(await gate.RefuseAsync(Acme, "audit_logs", Token));
        // of whom nothing was ever read nothing can be said
        await Assert.ThrowsAnyAsync<Exception>(async () =>
            await gate.RefuseAsync(new AccountId("globex"), Feature, Token)
        );
    }

    [Fact]
    public async Task Without_the_database_billing_calls_are_a_problem_503_that_says_when_to_try_again()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var owner = await hydra.SignInAsync();
        (await owner.GetAsync("/api/billing/status", Token)).EnsureSuccessStatusCode();

        await proxy.CutAsync();

        foreach (var path in (string[])["/api/billing/status", "/api/billing/plans", "/api/billing/features"])
        {
            using var answer = await owner.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("service_unavailable", (await HydraHost.Json(answer)).GetProperty("code").GetString());
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        }

        using var run = await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, run.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), run.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_listening_connection_that_is_silently_dead_is_noticed_within_five_seconds()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        var gate = hydra.Service<AccessGate>();
        Assert.IsType<SubscriptionRequired>(await gate.RefuseAsync(Acme, Feature, Token));
        await Eventually.Async(() => gate.IsListening, ct: Token);

        proxy.FreezeOpen();
        hydra.Database.Clear();
        var began = TimeProvider.System.GetTimestamp();
        await Eventually.Async(() => !gate.IsListening, ct: Token, what: "the listener to notice");

        // twice the bound, for a machine that others use as well; the driver alone takes thirty
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await using var database = NpgsqlDataSource.Create(hydra.ConnectionString);
        await using var change = database.CreateCommand(
            """
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('sub_of_acme', 'acme', clock_timestamp());
            INSERT INTO billing.subscriptions (account_id, plan, subscription_id, status, entitlements, version)
                VALUES ('acme', 'enterprise', 'sub_of_acme', 'active', ARRAY[]::text[], 1);
            """
        );
        await change.ExecuteNonQueryAsync(Token);

        // nobody notified the node, and it answers by what is there now
        Assert.Null(await gate.RefuseAsync(Acme, Feature, Token));
    }
}
