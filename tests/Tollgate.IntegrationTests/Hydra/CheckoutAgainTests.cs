using System.Net;
using System.Net.Http.Json;
using Tollgate.Stripe;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>A second purchase, after or beside a first one.</summary>
public sealed class CheckoutAgainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_cancelled_at_once_may_buy_the_same_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var first = await BuyAndCancelAsync(hydra, owner);

        await hydra.BuyAsync(owner);

        await Eventually.Async(
            async () => await hydra.TenantAsync<string>("stripe_subscription_id") != first,
            ct: Token,
            what: "the second subscription to be the current one"
        );
    }

    [Fact]
    public async Task A_former_session_whose_subscription_has_ended_is_in_nobodys_way()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await BuyAndCancelAsync(hydra, owner);
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('sub_made_by_hand', 'acme', clock_timestamp());
            UPDATE billing.subscriptions SET subscription_id = 'sub_made_by_hand' WHERE account_id = 'acme'
            """
        );

        Assert.Equal(HttpStatusCode.OK, (await CheckoutAsync(owner, seats: 9)).StatusCode);
    }

    [Fact]
    [Trait("decision", "S5")]
    public async Task The_success_page_of_a_second_purchase_binds_it_while_the_first_is_still_paid_for()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await BuyAndCancelAsync(hydra, owner);
        await hydra.Stripe.MuteAsync();

        var session = await hydra.BuyAsync(owner, "business_monthly", 4);
        var progress = await HydraHost.Json(await owner.GetAsync($"/api/billing/success?session_id={session}", Token));
        Assert.Equal("provisioning", progress.GetProperty("status").GetString());

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromMinutes(2), Token);
        await hydra.TierBecomesAsync("business");
    }

    [Fact]
    [Trait("fault", "F18")]
    public async Task A_checkout_that_lost_its_lease_opens_no_session_beside_the_other()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.open_checkouts (account_id, idempotency_key, price, seats, seats_min, created_at)
            VALUES ('acme', 'checkout-of-the-other', 'team_monthly', 7, 2, clock_timestamp())
            """
        );

        Task<HttpResponseMessage> slow;
        await using (var connection = await hydra.Database.OpenConnectionAsync(Token))
        {
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await using var holdUp = connection.CreateCommand();
            holdUp.CommandText = "LOCK TABLE billing.customer_intents IN ACCESS EXCLUSIVE MODE";
            await holdUp.ExecuteNonQueryAsync(Token);
            slow = CheckoutAsync(owner, seats: 3);
            await Eventually.Async(
                async () =>
                    await hydra.QueryAsync<long>(
                        "SELECT count(*) FROM pg_stat_activity "
                            + "WHERE datname = current_database() AND wait_event_type = 'Lock'"
                    ) == 1,
                ct: Token,
                what: "the checkout to be held up"
            );
            await using var other = connection.CreateCommand();
            other.CommandText = """
                UPDATE billing.sync_leases SET sync_token = sync_token + 1;
                UPDATE billing.open_checkouts SET session_id = 'cs_test_of_the_other', url = 'https://stripe.test/other'
                """;
            await other.ExecuteNonQueryAsync(Token);
            await transaction.CommitAsync(Token);
        }

        var answer = await slow;
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("billing_busy", (await HydraHost.Json(answer)).GetProperty("code").GetString());
        Assert.Equal(
            "cs_test_of_the_other",
            await hydra.QueryAsync<string>("SELECT session_id FROM billing.open_checkouts")
        );
        Assert.Empty(await hydra.CheckoutSessionsAsync());
    }

    [Fact]
    public async Task A_checkout_whose_key_is_spent_is_reported_as_passing_and_is_over_with_the_next_try()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra
            .Service<StripeClient>()
            .CreateCustomer(new CustomerParams { Name = "Another" }, new IdempotencyKey("checkout-spent"), Token);
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.open_checkouts (account_id, idempotency_key, price, seats, seats_min, created_at)
            VALUES ('acme', 'checkout-spent', 'team_monthly', 3, 2, clock_timestamp())
            """
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CheckoutAsync(owner, seats: 3)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CheckoutAsync(owner, seats: 3)).StatusCode);
    }

    [Fact]
    [Trait("decision", "M2")]
    [Trait("fault", "F66")]
    public async Task A_customer_whose_id_was_lost_is_searched_when_stripe_has_forgotten_the_key()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var made = await hydra
            .Service<StripeClient>()
            .CreateCustomer(
                new CustomerParams
                {
                    Name = "Acme",
                    Email = "billing@acme.test",
                    Metadata = new Dictionary<string, string> { ["hydra_tenant_id"] = "acme" },
                },
                new IdempotencyKey("customer-forgotten"),
                Token
            );
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.customer_intents (account_id, idempotency_key, name, email, created_at)
            VALUES ('acme', 'customer-before', 'Acme', 'billing@acme.test', clock_timestamp() - interval '2 days')
            """
        );

        Assert.Equal(HttpStatusCode.OK, (await CheckoutAsync(owner, seats: 3)).StatusCode);
        Assert.Equal(made.Value.Id, await hydra.TenantAsync<string>("stripe_customer_id"));
    }

    private static async Task<string> BuyAndCancelAsync(HydraHost hydra, HttpClient owner)
    {
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        await hydra.StatusBecomesAsync("canceled");
        return subscription;
    }

    private static Task<HttpResponseMessage> CheckoutAsync(HttpClient owner, int seats) =>
        owner.PostAsJsonAsync("/api/billing/checkout", new { price_id = "team_monthly", seat_count = seats }, Token);
}
