using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Development;
using Tollgate.Sandbox.Tests.Support;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>
/// Hydra with a Stripe that is reached by its API and command line only. Time is a test clock's; nobody fills in a
/// page, so that the subscription of a checkout is made by API, and a card is one of Stripe's test payment methods.
/// </summary>
internal sealed class TestModeStage : IStage
{
    // Stripe takes no card numbers by API
    private static readonly Dictionary<string, string> Cards = new(StringComparer.Ordinal)
    {
        ["4242424242424242"] = "pm_card_visa",
        ["4000000000000002"] = "pm_card_visa_chargeDeclined",
        ["4000000000009995"] = "pm_card_visa_chargeDeclinedInsufficientFunds",
        ["4000000000000341"] = "pm_card_chargeCustomerFail",
    };

    private readonly TestClockTime time;
    private readonly StripeCli cli;
    private readonly Listening listening;
    private string? clock;

    private TestModeStage(HydraHost hydra, TestMode stripe, TestClockTime time, StripeCli cli, Listening listening)
    {
        Hydra = hydra;
        Stripe = new SandboxApi(stripe.Address, stripe.Key);
        this.time = time;
        this.cli = cli;
        this.listening = listening;
    }

    public HydraHost Hydra { get; }

    public SandboxApi Stripe { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IStage> OpenAsync(TestMode stripe)
    {
        var tool = await StripeCli.AtAsync(stripe.Address, stripe.Key);
        var secret = (await tool.SucceedAsync("listen", "--print-secret", "--skip-update")).Trim();
        var began = new TestClockTime(TimeProvider.System.GetUtcNow());
        var hydra = await HydraHost.StartAsync(
            app => app.Services.GetRequiredService<DevelopmentClock>().Follow(began),
            await stripe.SettingsAsync(secret)
        );
        var forwarded = await Listening.StartAsync(
            tool,
            "--events",
            string.Join(',', EventRoutes.Types),
            "--forward-to",
            new Uri(hydra.Address, "/api/webhooks/stripe").AbsoluteUri
        );
        return new TestModeStage(hydra, stripe, began, tool, forwarded);
    }

    public async Task AdvanceAsync(DateTimeOffset to)
    {
        // whole seconds are all that Stripe's clock knows
        var seconds = to.ToUnixTimeSeconds() + (to.Millisecond + to.Microsecond > 0 ? 1 : 0);
        if (clock is not null)
        {
            var path = $"/v1/test_helpers/test_clocks/{clock}";
            await Stripe.PostAsync($"{path}/advance", ("frozen_time", Text(seconds)));
            await Eventually.Async(
                async () => await ArrivedAsync(path),
                TimeSpan.FromMinutes(3),
                Token,
                "the test clock to be there"
            );
        }

        time.MoveTo(DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    public async Task<HttpStatusCode> PayAsync(string session, string card, bool isAuthenticated)
    {
        Assert.False(isAuthenticated, "The bank's page needs a person: run this at the Sandbox.");
        var customer = (await Stripe.GetAsync($"/v1/checkout/sessions/{session}")).GetProperty("customer").GetString()!;
        await LiveByClockAsync(customer);
        using var attached = await AttachAsync(customer, card);
        if (attached.StatusCode != HttpStatusCode.OK)
        {
            return attached.StatusCode;
        }

        var item = (await Stripe.GetAsync($"/v1/checkout/sessions/{session}/line_items")).GetProperty("data")[0];
        var bought = await Stripe.PostRawAsync(
            "/v1/subscriptions",
            ("customer", customer),
            ("items[0][price]", item.GetProperty("price").GetProperty("id").GetString()!),
            ("items[0][quantity]", Text(item.GetProperty("quantity").GetInt64())),
            ("default_payment_method", await IdAsync(attached)),
            ("payment_behavior", "error_if_incomplete"),
            ("billing_mode[type]", "classic"),
            ($"metadata[{Hydra.Service<PlanCatalog>().MetadataPrefix}_tenant_id]", "acme")
        );
        await Stripe.PostAsync($"/v1/checkout/sessions/{session}/expire");
        return bought.StatusCode;
    }

    public async Task ChargeToAsync(string customer, string subscription, string card)
    {
        using var attached = await AttachAsync(customer, card);
        attached.EnsureSuccessStatusCode();
        await Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("default_payment_method", await IdAsync(attached))
        );
    }

    public async Task DeliveredAsync()
    {
        var types = string.Concat(EventRoutes.Types.Select(type => $"&types[]={type}"));
        await Until.TrueAsync(
            async () =>
            {
                var listed = (await Stripe.GetAsync($"/v1/events?limit=100{types}")).GetProperty("data");
                var customer = await Hydra.TenantAsync<string>("stripe_customer_id");
                var known = await Hydra.QueryAsync<string[]>(
                    "SELECT coalesce(array_agg(event_id), '{}') FROM billing.inbox_receipts"
                );
                return listed
                    .EnumerateArray()
                    .Where(item => IsOf(item.GetProperty("data").GetProperty("object"), customer))
                    .All(item => known!.Contains(item.GetProperty("id").GetString()));
            },
            () => $"not all events of the tenant arrived:\n{listening.Output}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await listening.DisposeAsync();
        cli.Dispose();
        await Hydra.DisposeAsync();
        if (clock is not null)
        {
            await Stripe.DeleteAsync($"/v1/test_helpers/test_clocks/{clock}"); // its customer goes with it
        }
    }

    private async Task<bool> ArrivedAsync(string clockPath)
    {
        var status = (await Stripe.GetAsync(clockPath)).GetProperty("status").GetString();
        Assert.NotEqual("internal_failure", status);
        return status == "ready";
    }

    // the customer that Hydra made begins to live by a clock before there is anything to bill
    private async Task LiveByClockAsync(string customer) =>
        clock ??= (
            await Stripe.PostAsync(
                "/v1/test_helpers/test_clocks",
                ("frozen_time", Text(Now.ToUnixTimeSeconds())),
                ("name", "Tollgate's scenarios"),
                ("customer", customer)
            )
        )
            .GetProperty("id")
            .GetString();

    private Task<HttpResponseMessage> AttachAsync(string customer, string card) =>
        Stripe.PostRawAsync($"/v1/payment_methods/{Cards[card]}/attach", ("customer", customer));

    private static async Task<string> IdAsync(HttpResponseMessage answer) =>
        (await HydraHost.Json(answer)).GetProperty("id").GetString()!;

    private static bool IsOf(JsonElement item, string? customer) =>
        item.TryGetProperty("customer", out var owner)
        && owner.ValueKind == JsonValueKind.String
        && owner.GetString() == customer;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
