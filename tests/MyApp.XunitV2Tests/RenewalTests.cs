using System.Net;
using MyApp.Tests;

namespace MyApp.XunitV2Tests;

public sealed class AppFixture : IAsyncLifetime
{
    public RunningApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await RunningApp.StartAsync("my-app-xunit");

    public async Task DisposeAsync() => await App.DisposeAsync();
}

public sealed class RenewalTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task A_month_later_the_plan_is_still_there()
    {
        using var client = await fixture.App.SignInAsync();
        await fixture.App.BuyAsync(client, "team_monthly");

        await fixture.App.AdvanceAsync(TimeSpan.FromDays(32));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/export")).StatusCode);
    }
}
