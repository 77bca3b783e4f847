using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Tollgate.Sandbox;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What <c>setup --diff</c> says of an account at Stripe, without changing it.</summary>
public sealed class SetupDiffTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_an_empty_account_it_says_all_that_is_missing_and_of_one_that_is_set_up_nothing()
    {
        await using var empty = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        await using var hydra = await StartAtAsync(empty);

        var (code, missing) = await hydra.CommandAsync("setup", "--diff");

        Assert.Equal(1, code);
        Assert.StartsWith(
            """
            product Hydra Team
            + name Hydra Team
            + metadata.hydra_plan team

            price team_monthly, 20.00 usd a month
            + unit_amount 2000 usd
            + recurring.interval month
            + lookup_key hydra_team_monthly

            """,
            missing,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            Team grants custom_agent_rules
            + features custom_agent_rules
            """,
            missing,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            billing portal, yearly
            + payment_method_update on
            + invoice_history on
            + subscription_cancel.mode at_period_end
            + subscription_update.default_allowed_updates price, quantity
            + subscription_update.proration_behavior always_invoice
            + subscription_update.products.prices team_annual, business_annual
            """,
            missing,
            StringComparison.Ordinal
        );
        Assert.Contains("\n+ enabled_events invoice.paid\n", missing, StringComparison.Ordinal);
        Assert.Contains("22 different. setup --yes makes Stripe say", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("\n- ", missing, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', missing);

        Assert.Equal(0, (await hydra.CommandAsync("setup", "--yes")).Code);
        Assert.Equal(
            (0, "Stripe has all that the catalog says."),
            Trimmed(await hydra.CommandAsync("setup", "--diff"))
        );
    }

    [Fact]
    public async Task Of_what_was_changed_at_Stripe_it_says_what_it_is_and_what_it_is_to_be_and_leaves_it_so()
    {
        await using var account = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Token);
        await using var hydra = await StartAtAsync(account);
        Assert.Equal(0, (await hydra.CommandAsync("setup", "--yes")).Code);
        var stripe = new SandboxApi(account.BaseAddress);
        var old = await ChangeAllAsync(stripe);

        var (code, different) = await hydra.CommandAsync("setup", "--diff");

        Assert.Equal(1, code);
        var url = (await FirstAsync(stripe, "webhook_endpoints")).GetProperty("url").GetString();
        Assert.Equal(
            $"""
            product Hydra Team, called Crew so far
            - name Crew
            + name Hydra Team

            {old}, retired
            + metadata.hydra_price team_monthly

            price team_monthly, 20.00 usd a month, in place of {old}
            - unit_amount 2500 eur
            + unit_amount 2000 usd
            - recurring.interval 3 month
            + recurring.interval month
            - active false
            + active true

            billing portal, monthly
            - invoice_history off
            + invoice_history on
            - subscription_cancel.mode immediately
            + subscription_cancel.mode at_period_end
            - subscription_update.default_allowed_updates price
            + subscription_update.default_allowed_updates price, quantity
            - subscription_update.products.prices other ones
            + subscription_update.products.prices team_monthly, business_monthly

            webhook endpoint {url}
            - status disabled
            + status enabled
            - enabled_events charge.captured
            + enabled_events invoice.paid

            5 different. setup --yes makes Stripe say what the catalog says.
            """,
            different.TrimEnd()
        );
        Assert.Equal(different, (await hydra.CommandAsync("setup", "--diff")).Output);

        var (_, json) = await hydra.CommandAsync("setup", "--diff", "--json");
        var first = JsonElement.Parse(json).GetProperty("different")[0];
        Assert.Equal("would_change", first.GetProperty("outcome").GetString());
        Assert.Equal(
            """{"member":"name","at_stripe":"Crew","in_catalog":"Hydra Team"}""",
            JsonSerializer.Serialize(Assert.Single(first.GetProperty("facts").EnumerateArray()))
        );
    }

    [Fact]
    public async Task It_is_not_typed_together_with_what_changes_something()
    {
        await using var hydra = await HydraHost.StartAsync();

        var (code, said) = await hydra.CommandAsync("setup", "--diff", "--yes");

        Assert.Equal(2, code);
        Assert.Contains("--diff changes nothing: leave --yes out.", said, StringComparison.Ordinal);
    }

    /// <summary>One thing of each kind; answers the price that is sold then.</summary>
    private static async Task<string> ChangeAllAsync(SandboxApi stripe)
    {
        var product = (await ListAsync(stripe, "products")).Single(one => Text(one, "name") == "Hydra Team");
        await stripe.PostAsync($"/v1/products/{Text(product, "id")}", ("name", "Crew"));
        var price = await stripe.PostAsync(
            "/v1/prices",
            ("product", Text(product, "id")),
            ("currency", "eur"),
            ("unit_amount", "2500"),
            ("recurring[interval]", "month"),
            ("recurring[interval_count]", "3"),
            ("lookup_key", "hydra_team_monthly"),
            ("transfer_lookup_key", "true")
        );
        await stripe.PostAsync($"/v1/prices/{Text(price, "id")}", ("active", "false"));
        var portals = await ListAsync(stripe, "billing_portal/configurations");
        var monthly = portals.Single(one => Text(one.GetProperty("metadata"), "hydra_plan") == "portal");
        await stripe.PostAsync(
            $"/v1/billing_portal/configurations/{Text(monthly, "id")}",
            ("features[invoice_history][enabled]", "false"),
            ("features[subscription_cancel][enabled]", "true"),
            ("features[subscription_cancel][mode]", "immediately"),
            ("features[subscription_update][default_allowed_updates][]", "price")
        );
        var endpoint = await FirstAsync(stripe, "webhook_endpoints");
        var events = endpoint
            .GetProperty("enabled_events")
            .EnumerateArray()
            .Select(one => one.GetString()!)
            .Where(type => type != "invoice.paid")
            .Append("charge.captured");
        await stripe.PostAsync(
            $"/v1/webhook_endpoints/{Text(endpoint, "id")}",
            [("disabled", "true"), .. events.Select(type => ("enabled_events[]", type))]
        );
        return Text(price, "id");
    }

    private static async Task<HydraHost> StartAtAsync(SandboxServer account)
    {
        var hydra = await HydraHost.StartAsync();
        hydra.Service<IConfiguration>()["STRIPE_API_BASE"] = account.BaseAddress.AbsoluteUri;
        return hydra;
    }

    private static async Task<JsonElement> FirstAsync(SandboxApi stripe, string kind) =>
        (await ListAsync(stripe, kind))[0];

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(SandboxApi stripe, string kind) =>
        [.. (await stripe.GetAsync($"/v1/{kind}")).GetProperty("data").EnumerateArray()];

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private static (int, string) Trimmed((int Code, string Output) answer) => (answer.Code, answer.Output.Trim());
}
