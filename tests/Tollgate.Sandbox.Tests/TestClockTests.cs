using System.Text.Json.Nodes;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Customers who live by a clock of their own.</summary>
public sealed class TestClockTests : IDisposable
{
    private const string Clocks = "/v1/test_helpers/test_clocks";
    private static readonly DateTimeOffset Today = DateTimeOffset.FromUnixTimeSeconds(1795237430);
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-clock-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_belongs_to_a_customer_on_a_clock_lives_by_it()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        var subscription = await Some.SubscriptionAsync(sandbox, customer, more: "expand[]=latest_invoice");
        Assert.Equal(clock, subscription["test_clock"]);
        Assert.Equal(clock, subscription["latest_invoice.test_clock"]);
        Assert.Equal(Unix(April), subscription.Int("created"));
        Assert.Equal(Unix(April.AddMonths(1)), subscription.Int("items.data.0.current_period_end"));
        Assert.Equal(Unix(April), (await sandbox.GetAsync($"/v1/customers/{customer}")).Int("created"));
        var item = await sandbox.PostAsync("/v1/invoiceitems", $"customer={customer}", "amount=5", "currency=usd");
        Assert.Equal(clock, item["test_clock"]);
        Assert.Equal(Unix(April), item.Int("date"));
        var paid = await sandbox.EventsAsync("invoice.paid");
        Assert.Equal(Unix(April), paid.Single().GetProperty("created").GetInt64());
    }

    [Fact]
    public async Task Renewal_is_a_draft_at_the_boundary_and_paid_an_hour_later()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        var end = subscription.Int("items.data.0.current_period_end");
        var advancing = await AdvanceAsync(sandbox, clock, end);
        Assert.Equal("advancing", advancing["status"]);
        Assert.Equal(end, advancing.Int("status_details.advancing.target_frozen_time"));
        Assert.Equal(Unix(April), advancing.Int("frozen_time"));
        var arrived = await sandbox.GetAsync($"{Clocks}/{clock}");
        Assert.Equal("ready", arrived["status"]);
        Assert.Equal(end, arrived.Int("frozen_time"));
        var path = $"/v1/subscriptions/{subscription.Id}";
        Assert.Equal("draft", (await sandbox.GetAsync(path, "expand[]=latest_invoice"))["latest_invoice.status"]);
        await AdvanceAsync(sandbox, clock, end + 3599);
        Assert.Equal("draft", (await sandbox.GetAsync(path, "expand[]=latest_invoice"))["latest_invoice.status"]);
        await AdvanceAsync(sandbox, clock, end + 3600);
        var renewed = await sandbox.GetAsync(path, "expand[]=latest_invoice");
        Assert.Equal("paid", renewed["latest_invoice.status"]);
        Assert.Equal(end + 3600, renewed.Int("latest_invoice.status_transitions.paid_at"));
        var types = await sandbox.EventTypesAsync();
        Assert.Equal("test_helpers.test_clock.ready", types[^1]);
        Assert.Equal(3, types.Count(type => type == "test_helpers.test_clock.advancing"));
    }

    [Fact]
    public async Task Sandbox_time_does_not_touch_what_lives_by_a_clock_nor_the_other_way_round()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, Today);
        var onClock = await Some.SubscriptionAsync(sandbox, customer);
        var other = await Some.SubscriptionAsync(sandbox);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(29));
        await AdvanceAsync(sandbox, clock, Unix(Today.AddMonths(2)));
        Assert.Equal(3, (await InvoicesAsync(sandbox, onClock.Id)).Count);
        Assert.Single(await InvoicesAsync(sandbox, other.Id));
    }

    [Fact]
    public async Task Failing_card_is_tried_again_by_the_clock_until_the_subscription_is_canceled()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        await Some.NewDefaultCardAsync(sandbox, customer, "pm_card_chargeCustomerFail");
        await AdvanceAsync(sandbox, clock, Unix(April.AddMonths(1)) + 3600);
        var path = $"/v1/subscriptions/{subscription.Id}";
        Assert.Equal("past_due", (await sandbox.GetAsync(path))["status"]);
        await AdvanceAsync(sandbox, clock, Unix(April.AddMonths(1).AddDays(14)) + 3600);
        var ended = await sandbox.GetAsync(path);
        Assert.Equal("canceled", ended["status"]);
        Assert.Equal(Unix(April.AddMonths(1).AddDays(14)) + 3600, ended.Int("ended_at"));
        Assert.Equal(9, (await sandbox.EventsAsync("invoice.payment_failed")).Count);
    }

    [Fact]
    public async Task Clock_goes_two_intervals_of_the_shortest_subscription_at_a_time_and_never_back()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        await RefusedAsync(sandbox, clock, Unix(April));
        await RefusedAsync(sandbox, clock, Unix(April.AddYears(2)) + 1);
        await Some.SubscriptionAsync(sandbox, customer);
        await Some.SubscriptionAsync(sandbox, customer, await Some.PriceAsync(sandbox, interval: "year"));
        await RefusedAsync(sandbox, clock, Unix(April.AddMonths(2)) + 1);
        await AdvanceAsync(sandbox, clock, Unix(April.AddMonths(2)));
        await RefusedAsync(sandbox, clock, Unix(April));
    }

    [Fact]
    public async Task Clock_takes_three_customers_of_three_subscriptions()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        await sandbox.PostAsync("/v1/customers", $"test_clock={clock}");
        await sandbox.PostAsync("/v1/customers", $"test_clock={clock}");
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/customers", $"test_clock={clock}");
        Assert.Equal("test_clock", refused["error.param"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/customers", "test_clock=clock_unknown");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await Some.SubscriptionAsync(sandbox, customer);
        }

        await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/subscriptions",
            $"customer={customer}",
            $"items[0][price]={await Some.PriceAsync(sandbox)}"
        );
    }

    [Fact]
    public async Task Lists_leave_out_what_lives_by_a_clock_unless_it_is_named()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        Assert.Empty((await sandbox.GetAsync("/v1/customers")).Data);
        Assert.Empty((await sandbox.GetAsync("/v1/subscriptions")).Data);
        Assert.Equal([customer], (await sandbox.GetAsync("/v1/customers", $"test_clock={clock}")).Ids);
        Assert.Equal([subscription.Id], (await sandbox.GetAsync("/v1/subscriptions", $"test_clock={clock}")).Ids);
        Assert.Equal([subscription.Id], (await sandbox.GetAsync("/v1/subscriptions", $"customer={customer}")).Ids);
    }

    [Fact]
    public async Task Deleting_a_clock_deletes_its_customers_and_cancels_their_subscriptions()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        Assert.True((await sandbox.DeleteAsync($"{Clocks}/{clock}")).At("deleted").GetBoolean());
        Assert.Equal("canceled", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        Assert.True((await sandbox.GetAsync($"/v1/customers/{customer}")).At("deleted").GetBoolean());
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"{Clocks}/{clock}");
        Assert.Single(await sandbox.EventsAsync("test_helpers.test_clock.deleted"));
    }

    [Fact]
    public async Task Clock_is_deleted_by_itself_after_thirty_days_of_Sandbox_time()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, _) = await LivingByAsync(sandbox, April);
        Assert.Equal(
            Unix(Today.AddDays(30)),
            (await sandbox.GetAsync($"{Clocks}/{clock}", "expand[]=test_clock")).Int("deletes_after")
        );
        await sandbox.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Empty((await sandbox.GetAsync(Clocks)).Data);
        Assert.Single(await sandbox.EventsAsync("customer.deleted"));
    }

    [Fact]
    public async Task Customer_without_a_history_can_be_put_on_a_new_clock()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var customer = await Some.CustomerAsync(sandbox);
        var clock = await sandbox.PostAsync(Clocks, $"frozen_time={Unix(April)}", $"customer={customer}");
        Assert.Equal(clock.Id, (await Some.SubscriptionAsync(sandbox, customer))["test_clock"]);
        await sandbox.RefusedAsync(400, HttpMethod.Post, Clocks, $"frozen_time={Unix(April)}", $"customer={customer}");
    }

    [Fact]
    public async Task Checkout_and_portal_links_keep_Sandbox_time_and_what_they_sell_lives_by_the_clock()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (_, customer) = await LivingByAsync(sandbox, April);
        var price = await Some.PriceAsync(sandbox);
        var session = await Some.CheckoutAsync(sandbox, price, $"customer={customer}");
        Assert.Equal(Unix(Today), session.Int("created"));
        var page = new Uri(session["url"]).AbsolutePath;
        Assert.Equal(200, (await Form.CardAsync(sandbox, page, "4242424242424242")).Status);
        var subscription = Assert.Single((await sandbox.GetAsync("/v1/subscriptions", $"customer={customer}")).Data);
        Assert.Equal(Unix(April), subscription.GetProperty("created").GetInt64());
        await Some.PortalConfigurationAsync(sandbox, price, "always_invoice");
        var portal = await sandbox.PostAsync("/v1/billing_portal/sessions", $"customer={customer}");
        Assert.Equal(Unix(Today), portal.Int("created"));
        var html = await Form.ReadAsync(sandbox, new Uri(portal["url"]).AbsolutePath);
        Assert.Contains("May 2026", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_of_a_clock_are_delivered_in_Sandbox_time()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static before => before == 0 ? 500 : 200;
        await using var sandbox = await TestSandbox.StartAtAsync(Today);
        var (clock, customer) = await LivingByAsync(sandbox, April);
        await Some.SubscriptionAsync(sandbox, customer);
        await sandbox.PostAsync("/v1/webhook_endpoints", $"url={receiver.Url}", "enabled_events[]=invoice.paid");
        await AdvanceAsync(sandbox, clock, Unix(April.AddMonths(1)) + 3600);
        await sandbox.Server.WaitForDeliveriesAsync(TestContext.Current.CancellationToken);
        Assert.Single(receiver.All);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(1));
        await sandbox.Server.WaitForDeliveriesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task Clock_and_what_is_due_by_it_survive_a_restart()
    {
        string clock;
        long end;
        await using (var sandbox = await StartOnFolderAsync())
        {
            (clock, var customer) = await LivingByAsync(sandbox, April);
            end = (await Some.SubscriptionAsync(sandbox, customer)).Int("items.data.0.current_period_end");
        }

        await using var again = await StartOnFolderAsync();
        Assert.Equal(Unix(April), (await again.GetAsync($"{Clocks}/{clock}")).Int("frozen_time"));
        await AdvanceAsync(again, clock, end + 3600);
        Assert.Equal(2, (await again.GetAsync("/v1/invoices", "status=paid")).Data.Count);
    }

    [Fact]
    public async Task Advance_that_was_killed_on_its_way_goes_on_at_the_next_start()
    {
        string clock;
        await using (var sandbox = await StartOnFolderAsync())
        {
            (clock, var customer) = await LivingByAsync(sandbox, April);
            await Some.SubscriptionAsync(sandbox, customer);
        }

        // What the journal holds when the process ends after the request's own line.
        var path = Path.Combine(folder, "journal.jsonl");
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        var line = JsonNode.Parse(lines.Last(text => text.Contains($"\"id\":\"{clock}\"", StringComparison.Ordinal)))!;
        var left = line["put"]!.AsArray().First(put => (string?)put!["id"] == clock)!.AsObject();
        left["status"] = "advancing";
        left["status_details"] = new JsonObject
        {
            ["advancing"] = new JsonObject { ["target_frozen_time"] = Unix(April.AddMonths(2)) },
        };
        left["_advanced_at"] = left["created"]!.DeepClone();
        line["put"] = new JsonArray(left.DeepClone());
        line["removed"] = new JsonArray();
        var torn = line.ToJsonString() + "\n";
        await File.AppendAllTextAsync(path, torn, TestContext.Current.CancellationToken);

        await using var again = await StartOnFolderAsync();
        var arrived = await again.GetAsync($"{Clocks}/{clock}");
        Assert.Equal("ready", arrived["status"]);
        Assert.Equal(Unix(April.AddMonths(2)), arrived.Int("frozen_time"));
        Assert.Equal(3, (await again.GetAsync("/v1/invoices")).Data.Count);
    }

    private static long Unix(DateTimeOffset moment) => moment.ToUnixTimeSeconds();

    /// <summary>A clock that stands at a moment, and a customer with a good card who lives by it.</summary>
    private static async Task<(string Clock, string Customer)> LivingByAsync(TestSandbox sandbox, DateTimeOffset moment)
    {
        var clock = await sandbox.PostAsync(Clocks, $"frozen_time={Unix(moment)}", "name=Billing");
        var customer = await sandbox.PostAsync(
            "/v1/customers",
            $"test_clock={clock.Id}",
            "email=owner@acme.test",
            "payment_method=pm_card_visa",
            "invoice_settings[default_payment_method]=pm_card_visa"
        );
        return (clock.Id, customer.Id);
    }

    private static Task<Answered> AdvanceAsync(TestSandbox sandbox, string clock, long to) =>
        sandbox.PostAsync($"{Clocks}/{clock}/advance", $"frozen_time={to}");

    private static async Task RefusedAsync(TestSandbox sandbox, string clock, long to)
    {
        var path = $"{Clocks}/{clock}/advance";
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, path, $"frozen_time={to}");
        Assert.Equal("frozen_time", refused["error.param"]);
    }

    private static async Task<IReadOnlyList<string>> InvoicesAsync(TestSandbox sandbox, string subscription) =>
        (await sandbox.GetAsync("/v1/invoices", $"subscription={subscription}")).Ids;

    private Task<TestSandbox> StartOnFolderAsync() =>
        TestSandbox.StartAsync(new SandboxOptions { DataDirectory = folder });
}
