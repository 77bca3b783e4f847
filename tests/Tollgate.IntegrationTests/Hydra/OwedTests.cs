using System.Net;
using System.Net.Http.Json;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Whoever owes an invoice is led to the page where it is paid, whatever they ask for.</summary>
public sealed class OwedTests
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

    private static async Task LeadToTheInvoiceAsync(HydraHost hydra, HttpClient owner)
    {
        var open = (await InvoicesAsync(hydra)).First(one => one.GetProperty("status").GetString() == "open");
        foreach (var (what, body) in Wishes)
        {
            using var answer = await owner.PostAsJsonAsync($"/api/billing/{what}", body, Token);
            var problem = await HydraHost.Json(answer);
            Assert.Equal(
                (HttpStatusCode.Conflict, "payment_outstanding"),
                (answer.StatusCode, problem.GetProperty("code").GetString())
            );
            Assert.Equal(
                open.GetProperty("hosted_invoice_url").GetString(),
                problem.GetProperty("payment_url").GetString()
            );
        }
    }
}
