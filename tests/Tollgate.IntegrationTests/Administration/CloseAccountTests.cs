using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Lifecycle;
using Tollgate.Sandbox.Chaos;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>An account is closed: Stripe first, then everything that names a person.</summary>
public sealed class CloseAccountTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_shows_its_plan_and_with_yes_ends_all_at_Stripe_and_erases_every_name()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        await MailAsync(hydra, "plan_activated");
        await hydra.QuietAsync();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        var session = (await OpenSessionAsync(hydra, customer)).GetProperty("id").GetString()!;

        var (_, plan) = await hydra.CommandAsync("close", "acme");
        Assert.Contains($"cancel at once {subscription}", plan, StringComparison.Ordinal);
        Assert.Contains($"expire         {session}", plan, StringComparison.Ordinal);
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));

        var (code, done) = await hydra.CommandAsync("close", "acme", "--yes");
        Assert.True(code == 0, done);

        Assert.Equal("canceled", await StatusAsync(hydra, $"/v1/subscriptions/{subscription}"));
        Assert.Equal("expired", await StatusAsync(hydra, $"/v1/checkout/sessions/{session}"));
        Assert.True((await hydra.Stripe.GetAsync($"/v1/customers/{customer}")).GetProperty("deleted").GetBoolean());
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal(subscription, await hydra.TenantAsync<string>("stripe_subscription_id"));
        await hydra.QuietAsync();
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
        await ErasedNames.AreGoneAsync(hydra, "Acme");
        Assert.True(await hydra.QueryAsync<long>("SELECT count(*) FROM billing.audit WHERE account_id = 'acme'") > 1);
        Assert.Equal(0, (await hydra.CommandAsync("integrity")).Code);
        Assert.Equal(0, (await hydra.CommandAsync("close", "acme", "--yes")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.GetAsync("/api/billing/status", Token)).StatusCode);
    }

    [Fact]
    public async Task An_account_that_never_bought_is_closed_and_one_that_never_was_is_refused()
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(0, (await hydra.CommandAsync("close", "globex", "--yes")).Code);
        Assert.Equal(1, (await hydra.CommandAsync("close", "nobody", "--yes")).Code);

        await ErasedNames.AreGoneAsync(hydra, "globex.test");
        Assert.Equal("billing@acme.test", await hydra.TenantAsync<string>("billing_email"));
    }

    [Theory]
    [InlineData(Fault.Fail, "POST", "/v1/checkout/sessions/*/expire")]
    [InlineData(Fault.Fail, "DELETE", "/v1/subscriptions/*")]
    [InlineData(Fault.Fail, "POST", "/v1/customers/*")]
    [InlineData(Fault.Fail, "DELETE", "/v1/customers/*")]
    public async Task Nothing_is_erased_here_until_Stripe_confirms_and_the_repetition_carries_it_through(
        Fault fault,
        string method,
        string path
    )
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        await OpenSessionAsync(hydra, (await hydra.TenantAsync<string>("stripe_customer_id"))!);
        hydra.Sandbox.Chaos.Add(new ChaosRule(fault) { Method = method, Path = path });

        var refused = await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token);

        Assert.NotNull(refused.Refusal);
        Assert.True(hydra.Sandbox.Chaos.Count(fault) > 0);
        Assert.Equal("billing@acme.test", await hydra.TenantAsync<string>("billing_email"));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/api/billing/status", Token)).StatusCode);

        hydra.Sandbox.Chaos.Reset(seed: 1);
        Assert.Null((await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token)).Refusal);
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));
    }

    [Fact]
    public async Task An_answer_of_Stripe_that_is_lost_is_asked_for_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.LoseAnswer) { Method = "DELETE", Times = 2 });

        Assert.Null((await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token)).Refusal);

        Assert.Equal(2, hydra.Sandbox.Chaos.Count(Fault.LoseAnswer));
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
    }

    [Fact]
    public async Task A_customer_whose_id_was_never_stored_is_erased_too()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.LoseAnswer) { Method = "POST", Path = "/v1/customers" });
        var asked = new { price_id = "team_monthly", seat_count = 3 };
        var lost = await owner.PostAsJsonAsync("/api/billing/checkout", asked, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        hydra.Sandbox.Chaos.Reset(seed: 1);

        Assert.Null((await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token)).Refusal);

        var left = await hydra.Stripe.GetAsync("/v1/customers");
        Assert.Equal(0, left.GetProperty("data").GetArrayLength());
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
    }

    [Fact]
    public async Task A_crash_before_the_commit_erases_nothing_here_and_the_repetition_goes_on_from_there()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        await ExecuteAsync(
            hydra,
            """
            CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''crash''; END';
            CREATE TRIGGER crash BEFORE UPDATE ON hydra."Organizations" FOR EACH ROW EXECUTE FUNCTION crash();
            """
        );
        await Assert.ThrowsAsync<PostgresException>(() => hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token));
        Assert.Equal("billing@acme.test", await hydra.TenantAsync<string>("billing_email"));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/api/billing/status", Token)).StatusCode);

        await ExecuteAsync(hydra, """DROP TRIGGER crash ON hydra."Organizations" """);
        var closed = await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token);

        Assert.Null(closed.Refusal);
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
    }

    [Fact]
    public async Task Late_events_of_a_closed_account_are_applied_change_nothing_and_keep_no_text()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var paid = (await hydra.Stripe.EventsAsync(customer)).First(sent => sent.Type == "invoice.paid").Body;
        Assert.Null((await hydra.Service<CloseAccount>().RunAsync(Acme, "test", Token)).Refusal);
        var version = await hydra.QueryAsync<long>("SELECT version FROM billing.subscriptions");

        foreach (var id in new[] { "evt_late000000000000000001", "evt_late000000000000000002" })
        {
            var late = JsonNode.Parse(paid)!;
            late["id"] = id;
            Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(late.ToJsonString())).StatusCode);
        }

        await hydra.QuietAsync();
        Assert.Equal(
            2L,
            await hydra.QueryAsync<long>(
                "SELECT count(*) FROM billing.inbox_receipts WHERE event_id LIKE 'evt_late%' AND state = 'applied'"
            )
        );
        Assert.Equal(version, await hydra.QueryAsync<long>("SELECT version FROM billing.subscriptions"));
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.alerts WHERE resolved_at IS NULL"));
        await ErasedNames.AreGoneAsync(hydra, "acme.test");
    }

    [Fact]
    public async Task The_same_person_signs_up_anew_and_starts_clean()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra);
        var wrong = await owner.PostAsJsonAsync("/api/organization/close", new { organization = "Globex" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var closed = await owner.PostAsJsonAsync("/api/organization/close", new { organization = "Acme" }, Token);
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);

        using var again = await hydra.SignUpAsync("owner@acme.test", "Acme");
        var status = await HydraHost.Json(await again.GetAsync("/api/billing/status", Token));
        Assert.Equal("free", status.GetProperty("tier").GetString());
        await hydra.BuyAsync(again);
        var tenant = await hydra.QueryAsync<string>(
            "SELECT account_id FROM billing.accounts WHERE billing_email = 'owner@acme.test'"
        );
        await hydra.TierBecomesAsync("team", tenant!);
        Assert.False(await hydra.Service<OpenAccount>().RunAsync(Acme, "Acme", "billing@acme.test", Token));
    }

    [Fact]
    public async Task Only_an_owner_closes_an_organization()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var member = await hydra.SignInAsync("member@acme.test");

        var answer = await member.PostAsJsonAsync("/api/organization/close", new { organization = "Acme" }, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<HttpClient> SubscribedAsync(HydraHost hydra)
    {
        var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        return owner;
    }

    private static Task MailAsync(HydraHost hydra, string kind) =>
        Eventually.Async(
            async () =>
                await hydra.QueryAsync<long>(
                    $"SELECT count(*) FROM billing.mails WHERE kind = '{kind}' AND state = 'sent'"
                ) > 0,
            what: $"the mail {kind} to be sent"
        );

    private static async Task<JsonElement> OpenSessionAsync(HydraHost hydra, string customer) =>
        await hydra.Stripe.PostAsync(
            "/v1/checkout/sessions",
            ("customer", customer),
            ("mode", "subscription"),
            ("success_url", "http://localhost/ok"),
            ("line_items[0][price]", (await hydra.TenantAsync<string>("stripe_price_id"))!),
            ("line_items[0][quantity]", "1")
        );

    private static async Task<string?> StatusAsync(HydraHost hydra, string path) =>
        (await hydra.Stripe.GetAsync(path)).GetProperty("status").GetString();

    private static async Task ExecuteAsync(HydraHost hydra, string sql)
    {
        await using var command = hydra.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
