using Microsoft.Playwright;
using Tollgate.HydraTesting;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>A server that is slow, failing or out of reach, and how a person goes on after it.</summary>
public sealed class PoorNetworkTests(BrowserFixture browser)
{
    private const string Status = "**/api/billing/status";

    [Fact]
    public async Task A_status_that_comes_late_has_its_place_kept()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var summary = await StandStillAsync(owner.Page);
        var gate = new TaskCompletionSource();
        await owner.Page.RouteAsync(
            Status,
            async route =>
            {
                await gate.Task;
                await route.ContinueAsync();
            }
        );

        await owner.Page.ReloadAsync();

        await Expect(summary.Locator(".bone").First).ToBeVisibleAsync();
        await Expect(summary.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Screenshots.KeepAsync(owner.Page, "64-status-on-its-way");
        gate.SetResult();
        await Expect(summary.GetByText("0 of 5").First).ToBeVisibleAsync();
        await Expect(summary.Locator(".bone")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_status_that_fails_is_asked_for_again_by_the_reader()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/settings/billing");
        var summary = await StandStillAsync(owner.Page);
        var tryAgain = summary.GetByRole(AriaRole.Button, new() { Name = "Try again" });

        await owner.Page.RouteAsync(Status, route => route.FulfillAsync(new() { Status = 500 }));
        await owner.Page.ReloadAsync();
        await Expect(summary.GetByRole(AriaRole.Alert)).ToContainTextAsync("That didn't work (error 500).");

        await owner.Page.UnrouteAsync(Status);
        await owner.Page.RouteAsync(Status, route => route.AbortAsync());
        await tryAgain.ClickAsync();
        await Expect(summary.GetByRole(AriaRole.Alert)).ToContainTextAsync("We couldn't reach the server.");
        await Screenshots.KeepAsync(owner.Page, "65-status-out-of-reach");

        await owner.Page.UnrouteAsync(Status);
        await tryAgain.ClickAsync();
        await Expect(summary.GetByText("0 of 5").First).ToBeVisibleAsync();
        await Expect(summary.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_upgrade_clicked_offline_can_be_clicked_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        await using var owner = await Visitor.ComesAsync(browser, hydra.Address);
        await owner.SignInAsync("/billing/upgrade");
        var team = owner.Page.GetByRole(AriaRole.Article, new() { Name = "Team" });
        var upgrade = team.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" });
        await Expect(upgrade).ToBeVisibleAsync();

        await owner.Page.Context.SetOfflineAsync(true);
        await upgrade.ClickAsync();

        await Expect(team.GetByRole(AriaRole.Alert)).ToContainTextAsync("We couldn't reach the server.");
        await Expect(upgrade).ToHaveAttributeAsync("aria-disabled", "false");
        await owner.SeesAsync("66-upgrade-offline");
        await owner.Page.Context.SetOfflineAsync(false);
        await upgrade.ClickAsync();
        await Expect(owner.Page.GetByText("Due today")).ToBeVisibleAsync();
        Assert.Single(await hydra.CheckoutSessionsAsync());
    }

    // from the next load on the page asks for nothing by itself: no stream causes it, and no time goes by
    private static async Task<ILocator> StandStillAsync(IPage page)
    {
        await page.RouteAsync("**/api/billing/stream", route => route.AbortAsync());
        await page.Clock.InstallAsync(new() { TimeDate = DateTime.UnixEpoch });
        await page.Clock.PauseAtAsync(DateTime.UnixEpoch.AddHours(1));
        return page.Locator("tg-billing-summary");
    }
}
