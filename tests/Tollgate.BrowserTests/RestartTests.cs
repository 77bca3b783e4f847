using Microsoft.Playwright;
using Tollgate.HydraTesting;
using Tollgate.Testing;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>Hydra as the README starts it, with all its state in one folder: PostgreSQL and Sandbox.</summary>
public sealed class RestartTests(BrowserFixture browser)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_second_start_goes_on_where_the_first_one_stopped()
    {
        using var state = new StateFolder();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var sandbox = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = new Dictionary<string, string>
        {
            ["TOLLGATE_DATA"] = state.Path,
            ["Development__SandboxPort"] = $"{sandbox.Port}",
        };
        string customer;
        await using (var first = HydraProcess.Start(address, settings))
        {
            await first.ReadyAsync();
            Assert.NotEmpty(state.Servers());
            customer = await UpgradesAsync(address, sandbox);
            Assert.Equal(0, await first.StopAsync(StopPatience));
            Assert.Empty(first.Errors);
        }

        Assert.Empty(state.Servers());
        await using var second = HydraProcess.Start(address, settings);
        await second.ReadyAsync();
        await using var owner = await Visitor.ComesAsync(browser, address);
        await owner.SignInAsync("/settings/billing");
        await Expect(owner.Page.Locator("tg-billing-summary")).ToContainTextAsync("Team");
        await Expect(owner.Page.Locator("tg-billing-summary")).ToContainTextAsync("renews");
        Assert.Equal(customer, await CustomerAsync(sandbox));
        owner.NothingWentWrong();

        Assert.Equal(0, await second.StopAsync(StopPatience));
        Assert.Empty(state.Servers());
    }

    private async Task<string> UpgradesAsync(Uri address, Uri sandbox)
    {
        await using var owner = await Visitor.ComesAsync(browser, address);
        await owner.SignInAsync("/billing/upgrade");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Team" }).ClickAsync();
        await owner.PayAsync("4242 4242 4242 4242");
        await Expect(owner.Page.GetByText("You're on Team")).ToBeVisibleAsync();
        return await CustomerAsync(sandbox);
    }

    /// <summary>The one customer the Sandbox knows by Acme's address, who has the one subscription.</summary>
    private static async Task<string> CustomerAsync(Uri sandbox)
    {
        var api = new SandboxApi(sandbox);
        var customers = (await api.GetAsync("/v1/customers?email=billing@acme.test")).GetProperty("data");
        var customer = Assert.Single(customers.EnumerateArray()).GetProperty("id").GetString()!;
        var subscriptions = (await api.GetAsync($"/v1/subscriptions?customer={customer}")).GetProperty("data");
        Assert.Equal("active", Assert.Single(subscriptions.EnumerateArray()).GetProperty("status").GetString());
        return customer;
    }
}
