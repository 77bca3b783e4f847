using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Reconciliation;
using Tollgate.Settings;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>One Stripe account, and a second system that sells in it, too.</summary>
public sealed class ForeignEventTests
{
    private static readonly (string, string)[] Nobodys = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("other_tenant_id")]
    public async Task Anothers_events_are_ignored_and_listed_on_request_and_raise_no_alert(string? key)
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var foreign = await SellAsync(app, key is null ? Nobodys : [($"metadata[{key}]", "acme")]);
        await BecomesAsync(app, foreign, "parked", "unknown_account");

        await BecomesWithAgeAsync(app, foreign, "ignored", "foreign");

        // the next one is known at once
        await app.Stripe.PostAsync(
            $"/v1/subscriptions/{await SubscriptionAsync(app, foreign)}",
            ("metadata[note]", "changed")
        );
        await Eventually.Async(
            async () =>
                await CountAsync(app, foreign, "type = 'customer.subscription.updated' AND reason = 'foreign'") > 0,
            ct: Token,
            what: "the later event to be ignored without waiting"
        );
        var (code, listed) = await app.CommandAsync("events", "list", "--reason", "foreign", "--json");
        Assert.Equal(0, code);
        Assert.All(
            JsonDocument.Parse(listed).RootElement.EnumerateArray(),
            one => Assert.Equal(foreign, one.GetProperty("customer").GetString())
        );
        await AgeAsync(app, "8 days");
        await ActivatorUtilities.CreateInstance<Watch>(app.Service<IServiceProvider>()).CheckAsync(Token);
        Assert.Equal(0L, await app.QueryAsync<long>("SELECT count(*) FROM billing.alerts"));
    }

    [Fact]
    public async Task A_customer_of_ours_that_is_not_bound_yet_stays_parked_and_is_applied_when_it_is()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var ours = await SellAsync(app, [("metadata[some_tenant_id]", "acme")], TeamPrice(app));
        await BecomesAsync(app, ours, "parked", "unknown_account");

        await BecomesWithAgeAsync(app, ours, "parked", "not_linked");
        Assert.Equal("free", (await app.GetAsync("status")).GetProperty("tier").GetString());

        await app.QueryAsync<object>(
            $"""
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
            VALUES ('{ours}', 'acme', clock_timestamp());
            UPDATE billing.accounts SET stripe_customer_id = '{ours}' WHERE account_id = 'acme'
            """
        );
        await app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == "team", "it to be applied");
        await Eventually.Async(async () => await CountAsync(app, ours, "state <> 'applied'") == 0, ct: Token);
    }

    [Fact]
    public async Task Anothers_customer_that_is_imported_is_ours_with_all_that_came_before()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        var customer = await SellAsync(app, Nobodys, TeamPrice(app));
        await BecomesWithAgeAsync(app, customer, "ignored", "foreign");

        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"acme,{customer}\n", Token);
        var (code, said) = await app.CommandAsync("import", file);
        File.Delete(file);

        Assert.True(code == 0, said);
        await app.StatusBecomesAsync(status => status.GetProperty("tier").GetString() == "team", "it to be imported");
        await Eventually.Async(async () => await CountAsync(app, customer, "state <> 'applied'") == 0, ct: Token);
    }

    /// <summary>As the other system does it: a customer with a card, and a subscription.</summary>
    private static async Task<string> SellAsync(LibraryApp app, (string, string)[] metadata, string? price = null)
    {
        var customer = await app.Stripe.PostAsync(
            "/v1/customers",
            [
                ("email", "someone@elsewhere.test"),
                ("payment_method", "pm_card_visa"),
                ("invoice_settings[default_payment_method]", "pm_card_visa"),
                .. metadata,
            ]
        );
        var id = customer.GetProperty("id").GetString()!;
        price ??= (
            await app.Stripe.PostAsync(
                "/v1/prices",
                ("currency", "usd"),
                ("unit_amount", "700"),
                ("recurring[interval]", "month"),
                ("product_data[name]", "Something else")
            )
        )
            .GetProperty("id")
            .GetString()!;
        await app.Stripe.PostAsync("/v1/subscriptions", ("customer", id), ("items[0][price]", price));
        await Eventually.Async(
            async () => await CountAsync(app, id, "type = 'invoice.paid'") == 1,
            ct: Token,
            what: "its events to arrive"
        );
        return id;
    }

    private static string TeamPrice(LibraryApp app) =>
        app.Service<IConfiguration>()[StripeEnvironment.PriceSetting(Some.Team.Prices[0])]!;

    private static async Task<string> SubscriptionAsync(LibraryApp app, string customer) =>
        (await app.Stripe.GetAsync($"/v1/subscriptions?customer={customer}"))
            .GetProperty("data")[0]
            .GetProperty("id")
            .GetString()!;

    private static Task BecomesAsync(LibraryApp app, string customer, string state, string reason) =>
        Eventually.Async(
            async () => await CountAsync(app, customer, $"state <> '{state}' OR reason <> '{reason}'") == 0,
            ct: Token,
            what: $"its events to be {state}: {reason}"
        );

    private static Task<long> CountAsync(LibraryApp app, string customer, string condition) =>
        app.QueryAsync<long>(
            $"SELECT count(*) FROM billing.inbox_receipts WHERE customer_id = '{customer}' AND ({condition})"
        );

    // until all have come and are as old as that
    private static Task BecomesWithAgeAsync(
        LibraryApp app,
        string customer,
        string state,
        string reason,
        string age = "11 minutes"
    ) =>
        Eventually.Async(
            async () =>
            {
                await AgeAsync(app, age);
                return await CountAsync(app, customer, $"state <> '{state}' OR reason <> '{reason}'") == 0;
            },
            ct: Token,
            what: $"its events to be {state}: {reason}"
        );

    private static Task AgeAsync(LibraryApp app, string age) =>
        app.QueryAsync<object>(
            $"""
            UPDATE billing.inbox_receipts SET received_at = clock_timestamp() - interval '{age}'
            WHERE received_at > clock_timestamp() - interval '{age}'
            """
        );
}
