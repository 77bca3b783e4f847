using System.Net.Http.Json;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Somebody deletes a customer at Stripe: the account gets another, and what was is still known.</summary>
public sealed class DeletedCustomerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_whose_customer_was_deleted_buys_again_for_a_new_one_and_the_history_is_kept()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var former = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var key = await hydra.QueryAsync<string>("SELECT idempotency_key FROM billing.customer_intents");
        await hydra.Stripe.DeleteAsync($"/v1/customers/{former}");
        await hydra.StatusBecomesAsync("canceled");

        await hydra.BuyAsync(owner, "business_monthly", seats: 4);
        await hydra.TierBecomesAsync("business");

        var next = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        Assert.NotEqual(former, next);
        Assert.NotEqual(key, await hydra.QueryAsync<string>("SELECT idempotency_key FROM billing.customer_intents"));
        Assert.Equal(
            2L,
            await hydra.QueryAsync<long>(
                $"SELECT count(*) FROM billing.stripe_bindings WHERE stripe_id IN ('{former}', '{next}')"
            )
        );
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                $"SELECT count(*) FROM billing.audit WHERE cause = 'customer {former} was deleted at Stripe'"
            )
        );
        var made = await hydra.Stripe.GetAsync($"/v1/customers/{next}");
        Assert.Equal("acme", made.GetProperty("metadata").GetProperty("hydra_tenant_id").GetString());
    }

    [Fact]
    public async Task An_open_checkout_of_a_deleted_customer_is_shown_to_nobody_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var wish = new { price_id = "team_monthly", seat_count = 3 };
        (await owner.PostAsJsonAsync("/api/billing/checkout", wish, Token)).EnsureSuccessStatusCode();
        var former = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        await hydra.Stripe.DeleteAsync($"/v1/customers/{former}");

        await hydra.BuyAsync(owner);

        await hydra.TierBecomesAsync("team");
        Assert.NotEqual(former, await hydra.TenantAsync<string>("stripe_customer_id"));
    }

    [Fact]
    public async Task The_portal_of_a_deleted_customer_is_the_way_to_the_plans()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.Stripe.DeleteAsync($"/v1/customers/{await hydra.TenantAsync<string>("stripe_customer_id")}");
        await hydra.StatusBecomesAsync("canceled");

        await RefusedAsync(owner, "portal", new { }, 409, "no_customer");
        Assert.Null(await hydra.TenantAsync<string>("stripe_customer_id"));
    }

    [Fact]
    public async Task A_deletion_without_an_event_ends_the_plan_at_the_next_sync()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.Stripe.DeleteAsync($"/v1/customers/{await hydra.TenantAsync<string>("stripe_customer_id")}");

        await hydra.Service<Tollgate.Reconciliation.Reconcile>().RunAsync(isDryRun: false, Token);

        await hydra.StatusBecomesAsync("canceled");
    }

    [Fact]
    public async Task An_import_binds_a_new_customer_in_the_place_of_a_deleted_one_and_of_no_other()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var former = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var next = (await hydra.Stripe.PostAsync("/v1/customers", ("email", "new@acme.test")))
            .GetProperty("id")
            .GetString()!;
        var file = Path.Combine(Path.GetTempPath(), $"import-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(file, $"acme,{next}\n", Token);
        try
        {
            var (refused, why) = await hydra.CommandAsync("import", file, "--json");
            Assert.Equal(1, refused);
            Assert.Contains($"acme has the customer {former}", why, StringComparison.Ordinal);
            await hydra.Stripe.DeleteAsync($"/v1/customers/{former}");
            await hydra.StatusBecomesAsync("canceled");

            var (code, done) = await hydra.CommandAsync("import", file, "--json");
            Assert.Equal(0, code);
            Assert.Contains("\"imported\"", done, StringComparison.Ordinal);
            var (again, known) = await hydra.CommandAsync("import", file, "--json");
            Assert.Equal(0, again);
            Assert.Contains("\"known\"", known, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(next, await hydra.TenantAsync<string>("stripe_customer_id"));
        await hydra.BuyAsync(owner, "business_monthly");
        await hydra.TierBecomesAsync("business");
        Assert.Equal(next, await hydra.TenantAsync<string>("stripe_customer_id"));
    }
}
