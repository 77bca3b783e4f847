using System.Net;
using System.Net.Http.Json;
using Tollgate.Checkout;
using Tollgate.Sandbox.Chaos;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The tenant's name or billing address changes in the product, and Stripe is updated.</summary>
public sealed class BillingContactTests
{
    private static readonly AccountId Acme = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_name_and_address_reach_Stripe_and_the_last_change_wins()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        var contact = hydra.Service<ChangeBillingContact>();
        for (var i = 1; i < 5; i++)
        {
            Assert.True(await contact.RunAsync(Acme, $"Acme {i}", $"bills{i}@acme.test", Token));
        }

        var answer = await owner.PutAsJsonAsync(
            "/api/organization",
            new { organization = "Acme & Sons", billing_email = "money@acme.test" },
            Token
        );

        Assert.True((await HydraHost.Json(answer)).GetProperty("confirmation_sent").GetBoolean());
        Assert.Equal("Acme & Sons", await hydra.TenantAsync<string>("name"));
        Assert.Equal("bills4@acme.test", await hydra.TenantAsync<string>("billing_email"));
        var (_, code) = await hydra.LinkAsync("/confirm-billing", "money@acme.test");
        using var reader = hydra.Anonymous();
        var confirmed = await reader.PostAsJsonAsync("/api/auth/billing-email", new { code }, Token);
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        await OutboxIsDoneAsync(hydra, effects: 6);
        await StripeKnowsAsync(hydra, "Acme & Sons", "money@acme.test");
    }

    [Fact]
    public async Task An_address_that_nobody_confirmed_gets_no_bills_and_a_link_holds_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var reader = hydra.Anonymous();
        await ChangeAsync(owner, "victim@elsewhere.test", isSent: true);
        Assert.Equal("billing@acme.test", await hydra.TenantAsync<string>("billing_email"));
        var (_, code) = await hydra.LinkAsync("/confirm-billing", "victim@elsewhere.test");
        Assert.Equal((404, "confirmation_not_found"), await ConfirmAsync(reader, code[..^2]));

        // a member's own address was confirmed at their sign-up
        await ChangeAsync(owner, "member@acme.test", isSent: false);
        Assert.Equal("member@acme.test", await hydra.TenantAsync<string>("billing_email"));
        Assert.Equal((404, "confirmation_not_found"), await ConfirmAsync(reader, code));
        await ChangeAsync(owner, "owner@globex.test", isSent: true);

        var (_, other) = await hydra.LinkAsync("/confirm-billing", "owner@globex.test");
        Assert.Equal((204, null), await ConfirmAsync(reader, other));
        Assert.Equal("owner@globex.test", await hydra.TenantAsync<string>("billing_email"));
        Assert.Equal((404, "confirmation_not_found"), await ConfirmAsync(reader, other));
    }

    private static async Task ChangeAsync(HttpClient owner, string email, bool isSent)
    {
        var wanted = new { organization = "Acme", billing_email = email };
        var answer = await HydraHost.Json(await owner.PutAsJsonAsync("/api/organization", wanted, Token));
        Assert.Equal(isSent, answer.GetProperty("confirmation_sent").GetBoolean());
    }

    private static async Task<(int Status, string? Code)> ConfirmAsync(HttpClient reader, string code)
    {
        var answer = await reader.PostAsJsonAsync("/api/auth/billing-email", new { code }, Token);
        return answer.StatusCode == HttpStatusCode.NoContent
            ? (204, null)
            : ((int)answer.StatusCode, (await HydraHost.Json(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_Stripe_refuses_for_a_while_is_retried_until_it_is_taken()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.Fail) { Method = "POST", Path = "/v1/customers/*" });
        await hydra.Service<ChangeBillingContact>().RunAsync(Acme, "Acme Ltd", "ltd@acme.test", Token);
        await Eventually.Async(
            async () =>
                await hydra.QueryAsync<long>(
                    """
                    SELECT count(*) FROM billing.outbox
                    WHERE kind = 'billing_contact_changed' AND state = 'pending' AND last_error IS NOT NULL
                    """
                ) == 1,
            ct: Token,
            what: "the first attempt to fail"
        );

        hydra.Sandbox.Chaos.Reset(seed: 1);

        await StripeKnowsAsync(hydra, "Acme Ltd", "ltd@acme.test");
    }

    [Fact]
    public async Task A_change_while_the_customer_is_being_made_is_not_lost_and_no_second_customer_is_made()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.LoseAnswer) { Method = "POST", Path = "/v1/customers" });
        var lost = await owner.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
        hydra.Sandbox.Chaos.Reset(seed: 1);

        await hydra.Service<ChangeBillingContact>().RunAsync(Acme, "Acme Inc", "inc@acme.test", Token);
        await hydra.BuyAsync(owner);

        await StripeKnowsAsync(hydra, "Acme Inc", "inc@acme.test");
        var customers = await hydra.Stripe.GetAsync("/v1/customers");
        Assert.Equal(1, customers.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task The_same_contact_queues_nothing_and_what_is_no_address_is_refused()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        var contact = hydra.Service<ChangeBillingContact>();

        Assert.True(await contact.RunAsync(Acme, "Acme", "billing@acme.test", Token));
        Assert.False(await contact.RunAsync(new AccountId("nobody"), "Nobody", "nobody@acme.test", Token));
        var answer = await owner.PutAsJsonAsync(
            "/api/organization",
            new { organization = "Acme", billing_email = "two@acme.test,three@acme.test" },
            Token
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await OutboxIsDoneAsync(hydra, effects: 0);
    }

    private static async Task OutboxIsDoneAsync(HydraHost hydra, long effects)
    {
        await Eventually.Async(
            async () =>
                await hydra.QueryAsync<long>(
                    "SELECT count(*) FROM billing.outbox WHERE kind = 'billing_contact_changed' AND state <> 'done'"
                ) == 0,
            ct: Token,
            what: "Stripe to be updated"
        );
        Assert.Equal(
            effects,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'billing_contact_changed'")
        );
    }

    private static async Task StripeKnowsAsync(HydraHost hydra, string name, string email)
    {
        var id = await hydra.TenantAsync<string>("stripe_customer_id");
        await Eventually.Async(
            async () =>
            {
                var customer = await hydra.Stripe.GetAsync($"/v1/customers/{id}");
                return customer.GetProperty("name").GetString() == name
                    && customer.GetProperty("email").GetString() == email;
            },
            ct: Token,
            what: $"Stripe to know {name}"
        );
    }
}
