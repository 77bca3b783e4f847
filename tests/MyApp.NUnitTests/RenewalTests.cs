using System.Net;
using MyApp.Tests;

namespace MyApp.NUnitTests;

public sealed class RenewalTests
{
    private RunningApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => app = await RunningApp.StartAsync("my-app-nunit");

    [OneTimeTearDown]
    public async Task StopAsync() => await app.DisposeAsync();

    [Test]
    public async Task A_month_later_the_plan_is_still_there()
    {
        using var client = await app.SignInAsync();
        await app.BuyAsync(client, "team_monthly");

        await app.AdvanceAsync(TimeSpan.FromDays(32));

        Assert.That((await client.GetAsync("/export")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
