using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Whoever has an unpaid invoice is led to the page where it is paid, whatever they ask for.</summary>
public sealed class PaymentOutstandingTests
{
    private static readonly (string What, object Body)[] Wishes =
    [
        ("checkout", new { price_id = "team_monthly", seat_count = 3 }),
        ("seats", new { seat_count = 9, preview = true }),
        ("upgrade", new { price_id = "business_monthly", preview = true }),
        (
            "upgrade",
            new
            {
                price_id = "team_annual",
                preview = true,
                effective = "period_end",
            }
        ),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_the_grace_and_after_it_every_wish_is_answered_with_the_link_to_the_open_invoice()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.FailRenewalAsync();
        await LeadToTheInvoiceAsync(hydra, owner);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(8), Token);
        await hydra.TierBecomesAsync("free");
        await LeadToTheInvoiceAsync(hydra, owner);
    }

    [Fact]
    public async Task A_subscription_whose_first_payment_is_missing_is_paid_and_not_bought_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var opened = await owner.PostAsJsonAsync("/api/billing/checkout", Wishes[0].Body, Token);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        await hydra.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", (await hydra.TenantAsync<string>("stripe_customer_id"))!),
            ("items[0][price]", PriceId(hydra, "team_monthly")),
            ("items[0][quantity]", "3"),
            ("payment_behavior", "default_incomplete")
        );
        await hydra.StatusBecomesAsync("incomplete");

        await LeadToTheInvoiceAsync(hydra, owner);
    }

    // Stripe bills an unpaid subscription on with drafts, and only the payment of the latest brings it back.
    [Fact]
    public async Task An_unpaid_subscription_is_paid_by_its_latest_invoice_though_that_is_a_draft()
    {
        await using var hydra = await HydraHost.StartAsync("--Development:AfterLastRetry=unpaid");
        using var owner = await UnpaidWithADraftAsync(hydra);
        var draft = (await InvoicesAsync(hydra))[0].GetProperty("id").GetString();
        await Eventually.Async(async () => await AlertsAsync(hydra) == draft, ct: Token);

        foreach (var (what, body) in Wishes[1..])
        {
            var led = await RefusedAsync(owner, what, body, "payment_outstanding");
            Assert.EndsWith("/billing/upgrade", led.GetProperty("payment_url").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal("draft", (await InvoicesAsync(hydra))[0].GetProperty("status").GetString());
        var bought = await RefusedAsync(owner, Wishes[0].What, Wishes[0].Body, "payment_outstanding");
        var page = (await InvoicesAsync(hydra))[0].GetProperty("hosted_invoice_url").GetString();
        Assert.Equal(page, bought.GetProperty("payment_url").GetString());
        Assert.NotNull(page);
        await LeadToTheInvoiceAsync(hydra, owner);

        await hydra.PayOpenInvoiceAsync();
        await hydra.TierBecomesAsync("team");
        await Eventually.Async(async () => await AlertsAsync(hydra) is null, ct: Token);
    }

    [Fact]
    public async Task The_portal_of_an_unpaid_subscription_shows_the_invoice_that_brings_it_back()
    {
        await using var hydra = await HydraHost.StartAsync("--Development:AfterLastRetry=unpaid");
        using var owner = await UnpaidWithADraftAsync(hydra);

        var portal = await PageAsync(await PortalAsync(owner));

        var latest = (await InvoicesAsync(hydra))[0];
        Assert.Equal("open", latest.GetProperty("status").GetString());
        var path = new Uri(latest.GetProperty("hosted_invoice_url").GetString()!).AbsolutePath;
        Assert.Contains(path, portal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unpaid_subscription_of_which_nothing_can_be_paid_is_bought_anew()
    {
        await using var hydra = await HydraHost.StartAsync("--Development:AfterLastRetry=unpaid");
        using var owner = await UnpaidWithADraftAsync(hydra);
        foreach (var invoice in await InvoicesAsync(hydra))
        {
            var path = $"/v1/invoices/{invoice.GetProperty("id").GetString()}";
            switch (invoice.GetProperty("status").GetString())
            {
                case "draft":
                    await hydra.Stripe.PostAsync($"{path}/finalize");
                    goto case "open";
                case "open":
                    await hydra.Stripe.PostAsync($"{path}/mark_uncollectible");
                    break;
            }
        }

        var none = await RefusedAsync(owner, Wishes[1].What, Wishes[1].Body, "no_subscription");
        Assert.EndsWith("/billing/upgrade", none.GetProperty("upgrade_url").GetString(), StringComparison.Ordinal);
        await hydra.BuyAsync(owner, "business_monthly", seats: 4);
        await hydra.TierBecomesAsync("business");
        await hydra.QuietAsync();
        Assert.Null(await AlertsAsync(hydra));
    }

    private static async Task<HttpClient> UnpaidWithADraftAsync(HydraHost hydra)
    {
        var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.FailRenewalAsync();
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(15), Token);
        await hydra.StatusBecomesAsync("unpaid");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
        await hydra.QuietAsync();
        Assert.Equal("draft", (await InvoicesAsync(hydra))[0].GetProperty("status").GetString());
        return owner;
    }

    private static Task<string?> AlertsAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            "SELECT string_agg(detail, ' ') FROM billing.alerts WHERE reason = 'unpaid_draft' AND resolved_at IS NULL"
        );

    private static async Task<JsonElement> RefusedAsync(HttpClient owner, string what, object body, string code)
    {
        using var answer = await owner.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        var problem = await HydraHost.Json(answer);
        Assert.Equal((HttpStatusCode.Conflict, code), (answer.StatusCode, problem.GetProperty("code").GetString()));
        return problem;
    }

    private static async Task LeadToTheInvoiceAsync(HydraHost hydra, HttpClient owner)
    {
        var open = (await InvoicesAsync(hydra)).First(one => one.GetProperty("status").GetString() == "open");
        foreach (var (what, body) in Wishes)
        {
            var problem = await RefusedAsync(owner, what, body, "payment_outstanding");
            Assert.Equal(
                open.GetProperty("hosted_invoice_url").GetString(),
                problem.GetProperty("payment_url").GetString()
            );
        }
    }
}
