using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tollgate.Deadlines;
using Tollgate.Inbox;
using Tollgate.Sandbox.Chaos;
using Tollgate.Stripe;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>
/// Stripe is away: what needs it is refused at once, the rest goes on, and nothing has to be repaired after.
/// </summary>
public sealed class StripeAwayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("fault", "F72")]
    [InlineData(Fault.Fail)]
    [InlineData(Fault.NeverAnswer)]
    public async Task What_needs_stripe_is_refused_at_once_and_all_else_goes_on_until_it_is_back(Fault fault)
    {
        await using var hydra = await HydraHost.StartAsync(app =>
            app.MapGet("/gated", () => Results.Ok()).RequireFeature("custom_agent_rules")
        );
        using var owner = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        var body = await UpdateOfAsync(hydra);

        hydra.Sandbox.Chaos.Add(new ChaosRule(fault));
        await CutOffAsync(hydra);

        await IsRefusedWithTimeAsync(globex);
        Assert.StartsWith(
            "Degraded\nbilling: Stripe does not answer",
            await owner.GetStringAsync("/health/ready", Token),
            StringComparison.Ordinal
        );
        foreach (var path in new[] { "/gated", "/api/billing/status" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await owner.GetAsync(path, Token)).StatusCode));
        }

        var run = await globex.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal(HttpStatusCode.OK, run.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(body)).StatusCode);

        hydra.Sandbox.Chaos.Reset(seed: 1);
        await hydra.QuietAsync();
        Assert.Equal("applied", await hydra.QueryAsync<string>($"{StateOf}'evt_while_away'"));
        Assert.Equal("Healthy", await owner.GetStringAsync("/health/ready", Token));
        await hydra.BuyAsync(globex);
    }

    [Fact]
    [Trait("fault", "F72")]
    public async Task An_event_for_which_stripe_was_not_asked_has_not_been_tried()
    {
        // switched off, so that nobody else takes it
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('cus_1', 'acme', clock_timestamp());
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, attempts, not_before)
                VALUES ('evt_1', 'invoice.paid', 'cus_1', clock_timestamp(), 'waiting', 7, clock_timestamp())
            """
        );
        await using var connection = await hydra.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var acme = new AccountId("acme");
        var lease = await AccountLeases.TryTakeAsync(connection, transaction, acme, Token);
        var events = await ClaimedEvents.ClaimAsync(connection, transaction, acme, lease!.Value.Token, Token);
        Assert.Equal(8, Assert.Single(events).Attempts);

        var dead = await ClaimedEvents.PutBackAsync(
            connection,
            transaction,
            lease.Value,
            events,
            "away",
            isTransient: true,
            notAskedFor: TimeSpan.FromMinutes(1),
            Token
        );
        await transaction.CommitAsync(Token);

        Assert.Empty(dead);
        Assert.Equal(
            "waiting 7 t",
            await hydra.QueryAsync<string>(
                """
                SELECT concat_ws(' ', state, attempts, not_before > clock_timestamp() + interval '10 seconds')
                FROM billing.inbox_receipts
                """
            )
        );
    }

    // no delivery comes, and the page is closed after the one refusal
    [Fact]
    [Trait("liveness", "L08")]
    public async Task A_payer_who_comes_back_while_stripe_is_away_has_the_plan_a_minute_later()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.Stripe.MuteAsync();
        var session = await hydra.BuyAsync(owner);
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Fail));
        await CutOffAsync(hydra);

        using var back = await owner.GetAsync($"/api/billing/success?session_id={session}", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, back.StatusCode);

        hydra.Sandbox.Chaos.Reset(seed: 1);
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromSeconds(61), Token);
        await hydra.TierBecomesAsync("team");
    }

    private const string StateOf = "SELECT state FROM billing.inbox_receipts WHERE event_id = ";

    private static async Task<string> UpdateOfAsync(HydraHost hydra)
    {
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var (_, body) = (await hydra.Stripe.EventsAsync(customer)).Last(one =>
            one.Type.StartsWith("customer.subscription.", StringComparison.Ordinal)
        );
        var id = JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
        return body.Replace(id, "evt_while_away", StringComparison.Ordinal);
    }

    /// <summary>Enough people ask at once.</summary>
    private static async Task CutOffAsync(HydraHost hydra)
    {
        var stripe = hydra.Service<StripeClient>();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var asked = Enumerable
            .Range(0, StripeCircuit.OpensAfter)
            .Select(_ => stripe.With(StripePatience.Interactive).GetCustomer(customer, Token));
        Assert.All(await Task.WhenAll(asked), answer => Assert.IsType<StripeRefusal.Unavailable>(answer.Refusal));
        Assert.True(stripe.IsCutOff);
    }

    private static async Task IsRefusedWithTimeAsync(HttpClient client)
    {
        var wanted = new { price_id = "team_monthly", seat_count = 3 };
        using var refused = await client.PostAsJsonAsync("/api/billing/checkout", wanted, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var problem = await HydraHost.Json(refused);
        Assert.Equal("stripe_busy", problem.GetProperty("code").GetString());
        var seconds = problem.GetProperty("retry_after_seconds").GetInt64();
        Assert.InRange(seconds, 1, (long)StripeCircuit.Break.TotalSeconds);
        Assert.Equal(TimeSpan.FromSeconds(seconds), refused.Headers.RetryAfter!.Delta);
    }
}
