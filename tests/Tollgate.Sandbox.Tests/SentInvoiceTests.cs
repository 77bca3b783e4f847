using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Invoices that are sent instead of charged, and what can be done with an invoice by hand.</summary>
public sealed class SentInvoiceTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);

    [Fact]
    public async Task Subscription_is_active_until_the_due_date_and_again_when_the_money_came()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        string[] sent = ["collection_method=send_invoice", "days_until_due=7"];
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            customer.Id,
            more: [.. sent, "expand[]=latest_invoice"]
        );
        Assert.Equal("active", subscription["status"]);
        Assert.Equal(7, subscription.Int("days_until_due"));
        Assert.Equal("draft", subscription["latest_invoice.status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(1));
        var invoice = await sandbox.GetAsync($"/v1/invoices/{subscription["latest_invoice.id"]}");
        Assert.Equal("open", invoice["status"]);
        Assert.Equal("False", invoice["attempted"]);
        Assert.Equal(April.AddDays(7).AddHours(1).ToUnixTimeSeconds(), invoice.Int("due_date"));
        Assert.Single(await sandbox.EventsAsync("invoice.sent"));
        var path = $"/v1/subscriptions/{subscription.Id}";
        await sandbox.AdvanceAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("active", (await sandbox.GetAsync(path))["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("past_due", (await sandbox.GetAsync(path))["status"]);
        Assert.Single(await sandbox.EventsAsync("invoice.overdue"));
        await sandbox.PostAsync($"/v1/invoices/{invoice.Id}/pay", "payment_method=pm_card_visa");
        Assert.Equal("active", (await sandbox.GetAsync(path))["status"]);
    }

    [Fact]
    public async Task Refused_card_on_the_page_changes_nothing_before_the_due_date()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var customer = await sandbox.PostAsync("/v1/customers", "email=owner@acme.test");
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            customer.Id,
            more: ["collection_method=send_invoice", "days_until_due=30"]
        );
        await sandbox.AdvanceAsync(TimeSpan.FromHours(1));
        var invoice = await sandbox.GetAsync($"/v1/invoices/{subscription["latest_invoice"]}");
        var page = new Uri(invoice["hosted_invoice_url"]).AbsolutePath;
        Assert.Equal(402, (await Form.CardAsync(sandbox, page, "4000 0000 0000 0341")).Status);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        Assert.Equal(200, (await Form.CardAsync(sandbox, page, "4242 4242 4242 4242")).Status);
        Assert.Equal("paid", (await sandbox.GetAsync($"/v1/invoices/{invoice.Id}"))["status"]);
    }

    [Fact]
    public async Task Collection_method_and_days_until_due_go_together()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        var missing = await sandbox.RefusedAsync(400, HttpMethod.Post, path, "collection_method=send_invoice");
        Assert.Equal("days_until_due", missing["error.param"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "days_until_due=3");
        await sandbox.PostAsync(path, "collection_method=send_invoice", "days_until_due=3");
        var back = await sandbox.PostAsync(path, "collection_method=charge_automatically");
        Assert.Equal("null", back["days_until_due"]);
    }

    [Fact]
    public async Task Draft_is_changed_sent_and_given_up()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var draft = await DraftAsync(sandbox, customer);
        var path = $"/v1/invoices/{draft.Id}";
        var changed = await sandbox.PostAsync(
            path,
            "collection_method=send_invoice",
            "days_until_due=7",
            "description=For you",
            "footer=Thanks"
        );
        Assert.Equal("send_invoice", changed["collection_method"]);
        var sent = await sandbox.PostAsync($"{path}/send");
        Assert.Equal("open", sent["status"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, path, "days_until_due=9");
        await sandbox.RefusedAsync(400, HttpMethod.Delete, path);
        var given = await sandbox.PostAsync($"{path}/mark_uncollectible");
        Assert.Equal("uncollectible", given["status"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, $"{path}/mark_uncollectible");
        Assert.Single(await sandbox.EventsAsync("invoice.marked_uncollectible"));
    }

    [Fact]
    public async Task Items_of_a_deleted_draft_wait_for_the_next_one()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        var draft = await DraftAsync(sandbox, customer);
        await sandbox.DeleteAsync($"/v1/invoices/{draft.Id}");
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"/v1/invoices/{draft.Id}");
        var next = await sandbox.PostAsync(
            "/v1/invoices",
            $"customer={customer}",
            "pending_invoice_items_behavior=include"
        );
        Assert.Equal(2000, next.Int("total"));
        Assert.Single(await sandbox.EventsAsync("invoice.deleted"));
    }

    private static async Task<Answered> DraftAsync(TestSandbox sandbox, string customer)
    {
        await sandbox.PostAsync("/v1/invoiceitems", $"customer={customer}", "amount=2000", "currency=usd");
        return await sandbox.PostAsync(
            "/v1/invoices",
            $"customer={customer}",
            "pending_invoice_items_behavior=include"
        );
    }
}
