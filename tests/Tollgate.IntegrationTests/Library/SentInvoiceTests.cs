using System.Text.Json;

namespace Tollgate.IntegrationTests.Library;

/// <summary>Subscriptions whose invoices are sent to be paid, as sales people set them up at Stripe.</summary>
public sealed class SentInvoiceTests
{
    private const int DaysUntilDue = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("decision", "S4")]
    public async Task The_due_date_of_a_sent_invoice_starts_the_grace_its_end_ends_access_and_money_brings_it_back()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        await app.BuyAsync();
        var subscription = (await app.SubscriptionAsync()).GetProperty("id").GetString()!;
        await app.Stripe.PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("collection_method", "send_invoice"),
            ("days_until_due", $"{DaysUntilDue}")
        );
        var renewal = (await app.GetAsync("status")).GetProperty("period_end").GetDateTimeOffset();

        await AdvanceToAsync(app, renewal + TimeSpan.FromHours(2));
        var invoice = (await app.SubscriptionAsync()).GetProperty("latest_invoice").GetString()!;
        var due = DateTimeOffset.FromUnixTimeSeconds(
            (await app.Stripe.GetAsync($"/v1/invoices/{invoice}")).GetProperty("due_date").GetInt64()
        );
        Assert.Equal(("team", "active"), await TierAndStatusAsync(app));

        await AdvanceToAsync(app, due + TimeSpan.FromHours(1));
        await BecomesAsync(app, "team", "past_due");
        var grace = (await app.GetAsync("status")).GetProperty("grace_ends_at").GetDateTimeOffset();
        Assert.Equal(due + TimeSpan.FromDays(7), grace);

        await AdvanceToAsync(app, grace - TimeSpan.FromMinutes(1));
        Assert.Equal("team", (await app.GetAsync("status")).GetProperty("tier").GetString());
        await AdvanceToAsync(app, grace + TimeSpan.FromSeconds(1));
        await BecomesAsync(app, "free", "past_due");

        await app.Stripe.PostAsync($"/v1/invoices/{invoice}/pay", ("payment_method", "pm_card_visa"));
        await BecomesAsync(app, "team", "active");
    }

    private static Task AdvanceToAsync(LibraryApp app, DateTimeOffset to) =>
        app.Sandbox.AdvanceAsync(to - app.Sandbox.Clock.GetUtcNow(), Token);

    private static Task BecomesAsync(LibraryApp app, string tier, string status) =>
        app.StatusBecomesAsync(read => Of(read) == (tier, status), $"it to be {tier} and {status}");

    private static async Task<(string?, string?)> TierAndStatusAsync(LibraryApp app) =>
        Of(await app.GetAsync("status"));

    private static (string?, string?) Of(JsonElement status) =>
        (status.GetProperty("tier").GetString(), status.GetProperty("status").GetString());
}
