using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Changes on the Portal that the configuration wants at the end of the period.</summary>
public sealed class PortalScheduleTests
{
    private static readonly DateTimeOffset April = DateTimeOffset.FromUnixTimeSeconds(1775001600);
    private static readonly DateTimeOffset May = April.AddMonths(1);

    [Fact]
    public async Task Fewer_seats_are_scheduled_and_shown_and_come_about_with_the_renewal()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (path, change, price) = await OpenAsync(sandbox, "decreasing_item_amount");
        var confirm = await Form.ReadAsync(sandbox, $"{change}/confirm?price={price}&quantity=2");
        Assert.Contains("On your next invoice, 1 May 2026", confirm, StringComparison.Ordinal);
        Assert.Contains("$40.00", confirm, StringComparison.Ordinal);
        await ConfirmAsync(sandbox, change, price, 2);
        var subscription = await OnlyAsync(sandbox);
        Assert.Equal(5, subscription.Int("items.data.0.quantity"));
        Assert.Equal("active", subscription["schedule.status"]);
        var html = await Form.ReadAsync(sandbox, path);
        Assert.Contains("Changes on 1 May 2026 to Team, 2 × $20.00 per month.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Update plan", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Cancel plan", html, StringComparison.Ordinal);
        await sandbox.AdvanceToAsync(May.ToUnixTimeSeconds() + 3600);
        Assert.Equal(2, (await OnlyAsync(sandbox)).Int("items.data.0.quantity"));
        Assert.Equal(4000, (await sandbox.GetAsync("/v1/invoices", "limit=1")).Data[0].GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Scheduled_change_can_be_taken_back()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (_, change, price) = await OpenAsync(sandbox, "decreasing_item_amount");
        await ConfirmAsync(sandbox, change, price, 2);
        var (status, html) = await Form.PostAsync(sandbox, $"{change}/keep");
        Assert.Equal(200, status);
        Assert.DoesNotContain("Changes on", html, StringComparison.Ordinal);
        Assert.Equal("null", (await OnlyAsync(sandbox))["schedule"]);
        Assert.Equal(400, (await Form.PostAsync(sandbox, $"{change}/keep")).Status);
        await sandbox.AdvanceToAsync(May.ToUnixTimeSeconds() + 3600);
        Assert.Equal(5, (await OnlyAsync(sandbox)).Int("items.data.0.quantity"));
        Assert.Contains("Update plan", await ReopenAsync(sandbox), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_seats_are_bought_at_once()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (_, change, price) = await OpenAsync(sandbox, "decreasing_item_amount");
        await ConfirmAsync(sandbox, change, price, 8);
        var subscription = await OnlyAsync(sandbox);
        Assert.Equal(8, subscription.Int("items.data.0.quantity"));
        Assert.Equal("null", subscription["schedule"]);
    }

    [Fact]
    public async Task After_a_change_that_came_about_the_plan_can_be_changed_and_canceled_again()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var (_, change, price) = await OpenAsync(sandbox, "decreasing_item_amount");
        await ConfirmAsync(sandbox, change, price, 4);
        await sandbox.AdvanceToAsync(May.ToUnixTimeSeconds() + 3600);
        var html = await ReopenAsync(sandbox);
        Assert.Contains("Update plan", html, StringComparison.Ordinal);
        Assert.Contains("Cancel plan", html, StringComparison.Ordinal);
        change = await ChangePathAsync(sandbox);
        await ConfirmAsync(sandbox, change, price, 3);
        Assert.Equal(4, (await OnlyAsync(sandbox)).Int("items.data.0.quantity"));
        Assert.Equal(200, (await Form.PostAsync(sandbox, $"{change}/keep")).Status);
        Assert.Equal(200, (await Form.PostAsync(sandbox, $"{change}/cancel", "feedback=other")).Status);
        Assert.Equal(May.AddMonths(1).ToUnixTimeSeconds(), (await OnlyAsync(sandbox)).Int("cancel_at"));
        var (status, refused) = await Form.PostAsync(sandbox, $"{change}/confirm", $"price={price}", "quantity=2");
        Assert.Equal(400, status);
        Assert.Contains("about to end", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Year_becomes_month_at_the_end_of_the_year()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(April);
        var product = (await sandbox.PostAsync("/v1/products", "name=Team")).Id;
        var yearly = await Some.PriceAsync(sandbox, 1000, "year", product);
        var monthly = await Some.PriceAsync(sandbox, 2000, "month", product);
        await Some.SubscriptionAsync(sandbox, null, yearly, 2);
        await ConfigureAsync(sandbox, yearly, "shortening_interval", $"prices][1]={monthly}");
        var change = await ChangePathAsync(sandbox);
        await ConfirmAsync(sandbox, change, monthly, 2);
        await sandbox.AdvanceToAsync(April.AddYears(1).ToUnixTimeSeconds() + 3600);
        var subscription = await OnlyAsync(sandbox);
        Assert.Equal(monthly, subscription["items.data.0.price.id"]);
        Assert.Equal(4000, subscription.Int("latest_invoice.amount_paid"));
    }

    private static async Task<(string Path, string Change, string Price)> OpenAsync(
        TestSandbox sandbox,
        string condition
    )
    {
        var price = await Some.PriceAsync(sandbox);
        await Some.SubscriptionAsync(sandbox, null, price, 5);
        await ConfigureAsync(sandbox, price, condition);
        var change = await ChangePathAsync(sandbox);
        return (change[..change.IndexOf("/subscriptions", StringComparison.Ordinal)], change, price);
    }

    private static async Task ConfigureAsync(
        TestSandbox sandbox,
        string price,
        string condition,
        params string[] products
    )
    {
        var configuration = await Some.PortalConfigurationAsync(sandbox, price, "always_invoice");
        const string update = "features[subscription_update]";
        var product = configuration["features.subscription_update.products.0.product"];
        await sandbox.PostAsync(
            $"/v1/billing_portal/configurations/{configuration.Id}",
            [
                $"{update}[schedule_at_period_end][conditions][0][type]={condition}",
                $"{update}[products][0][product]={product}",
                $"{update}[products][0][prices][0]={price}",
                $"{update}[products][0][adjustable_quantity][enabled]=true",
                .. products.Select(pair => $"{update}[products][0][{pair}"),
            ]
        );
    }

    /// <summary>Where the only subscription is changed, in a new portal session.</summary>
    private static async Task<string> ChangePathAsync(TestSandbox sandbox)
    {
        var subscription = await OnlyAsync(sandbox);
        var session = await sandbox.PostAsync("/v1/billing_portal/sessions", $"customer={subscription["customer"]}");
        return $"{new Uri(session["url"]).AbsolutePath}/subscriptions/{subscription.Id}";
    }

    private static async Task<string> ReopenAsync(TestSandbox sandbox)
    {
        var change = await ChangePathAsync(sandbox);
        return await Form.ReadAsync(sandbox, change[..change.IndexOf("/subscriptions", StringComparison.Ordinal)]);
    }

    private static async Task ConfirmAsync(TestSandbox sandbox, string change, string price, int quantity)
    {
        var (status, html) = await Form.PostAsync(
            sandbox,
            $"{change}/confirm",
            $"price={price}",
            $"quantity={quantity}"
        );
        Assert.True(status == 200, html);
    }

    private static async Task<Answered> OnlyAsync(TestSandbox sandbox)
    {
        var id = Assert.Single((await sandbox.GetAsync("/v1/subscriptions")).Ids);
        return await sandbox.GetAsync($"/v1/subscriptions/{id}", "expand[]=schedule", "expand[]=latest_invoice");
    }
}
