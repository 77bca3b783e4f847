using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A subscriber changes seats and plan with the price before their eyes, and goes to the portal.</summary>
public sealed class ChangePageTests(BrowserFixture browser)
{
    private const string Declined = "4000000000000341";

    [Fact]
    public async Task Seats_are_added_after_a_preview_and_stand_in_the_summary()
    {
        await using var hydra = await SubscribedAsync("team_monthly");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var change = owner.Page.Locator("tg-seat-change");
        await owner.SeesAsync("30-seats");

        await PreviewOneSeatMoreAsync(owner);
        await Expect(change).ToContainTextAsync("nothing is charged today");
        await Expect(change.Locator(".sum")).ToContainTextAsync("$0.00");
        await owner.SeesAsync("31-seats-preview");
        await change.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" }).PressAsync("Enter");

        await Expect(change).ToContainTextAsync("You have 4 seats now.");
        await Expect(owner.Page.Locator("tg-billing-summary")).ToContainTextAsync("Seats 4");
        await owner.SeesAsync("32-seats-changed");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task Team_becomes_business_on_the_upgrade_page()
    {
        await using var hydra = await SubscribedAsync("team_monthly");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var business = owner.Page.GetByRole(AriaRole.Article, new() { Name = "Business" });

        await business.GetByRole(AriaRole.Button, new() { Name = "Change to Business" }).PressAsync("Enter");
        await Expect(business.GetByRole(AriaRole.Region, new() { Name = "What changes" })).ToBeFocusedAsync();
        await owner.SeesAsync("33-plan-preview");
        await business.GetByRole(AriaRole.Button, new() { Name = "Confirm the change" }).ClickAsync();

        await hydra.TierBecomesAsync("business");
        await Expect(business.GetByText("Your plan")).ToBeVisibleAsync();
        await owner.SeesAsync("34-plan-changed");
        Assert.Empty(owner.Refusals);
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task Manage_subscription_opens_the_portal_which_leads_back()
    {
        await using var hydra = await SubscribedAsync("team_monthly");
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var page = owner.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Manage subscription" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" })).ToBeVisibleAsync();
        var first = page.Url;
        Assert.StartsWith(hydra.Sandbox.BaseAddress.AbsoluteUri, first, StringComparison.Ordinal);
        await page.GotoAsync(new Uri(hydra.Address, "/settings/billing").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage subscription" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" })).ToBeVisibleAsync();

        Assert.NotEqual(first, page.Url);
        owner.NothingWentWrong();
    }

    [Fact]
    public async Task A_declined_card_changes_no_seats_and_leads_to_the_portal()
    {
        await using var hydra = await SubscribedAsync("team_annual");
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.ChargeToAsync(customer, subscription, Declined);
        await hydra.QuietAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address, width: 390);
        await owner.SignInAsync("/settings/billing");
        var change = owner.Page.Locator("tg-seat-change");

        await PreviewOneSeatMoreAsync(owner);
        await change.GetByRole(AriaRole.Button, new() { Name = "Confirm and pay" }).ClickAsync();

        await Expect(change.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment was declined");
        await Expect(owner.Page.Locator("tg-billing-summary")).ToContainTextAsync("Seats 3");
        await owner.SeesAsync("35-seats-declined");
        Assert.Equal(["402 POST /api/billing/seats"], owner.Refusals);
        await change.GetByRole(AriaRole.Button, new() { Name = "Update your card" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = "Add a card" })).ToBeVisibleAsync();
        owner.NothingWentWrong();
    }

    private static async Task<HydraHost> SubscribedAsync(string price)
    {
        var hydra = await HydraHost.StartAsync();
        using var client = await hydra.SignInAsync();
        await hydra.BuyAsync(client, price);
        await hydra.TierBecomesAsync("team");
        return hydra;
    }

    private static async Task PreviewOneSeatMoreAsync(Visitor owner)
    {
        var change = owner.Page.Locator("tg-seat-change");
        await change.GetByRole(AriaRole.Button, new() { Name = "One seat more" }).ClickAsync();
        await change.GetByRole(AriaRole.Button, new() { Name = "Preview the change" }).PressAsync("Enter");
        await Expect(change.GetByRole(AriaRole.Region, new() { Name = "What changes" })).ToBeFocusedAsync();
    }
}
