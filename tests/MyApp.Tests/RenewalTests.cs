using System.Net;
using Tollgate.Sandbox.Payments;

namespace MyApp.Tests;

public sealed class AppFixture : IAsyncLifetime
{
    public RunningApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class RenewalTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task A_card_that_fails_at_the_renewal_keeps_access_and_then_loses_it()
    {
        var app = fixture.App;
        using var client = await app.SignInAsync();
        await app.BuyAsync(client, "team_monthly");
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(client));

        var always = Enumerable.Repeat(CardOutcome.Decline("insufficient_funds"), 20).ToArray();
        app.Stripe.CardScripts.Add("4242424242424242", always);
        await app.AdvanceAsync(TimeSpan.FromDays(32));

        await RunningApp.UntilAsync(async () => await RunningApp.StatusAsync(client, "status") == "past_due");
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(client));

        await app.AdvanceAsync(TimeSpan.FromDays(30));

        await RunningApp.UntilAsync(async () => await ExportAsync(client) == HttpStatusCode.PaymentRequired);
    }

    private static async Task<HttpStatusCode> ExportAsync(HttpClient client) =>
        (await client.GetAsync("/export", TestContext.Current.CancellationToken)).StatusCode;
}
