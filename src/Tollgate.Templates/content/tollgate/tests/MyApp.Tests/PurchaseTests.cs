using System.Net;
using System.Net.Http.Json;

namespace MyApp.Tests;

public sealed class PurchaseTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_ends_at_three_items_and_Pro_has_no_limit_and_can_export()
    {
        using var client = await app.SignInAsync();
        for (var item = 1; item <= 3; item++)
        {
            Assert.Equal(HttpStatusCode.OK, await AddAsync(client));
        }

        Assert.Equal(HttpStatusCode.PaymentRequired, await AddAsync(client));
        Assert.Equal(HttpStatusCode.PaymentRequired, await ExportAsync(client));

        await app.BuyAsync(client, "pro_monthly");

        Assert.Equal(HttpStatusCode.OK, await AddAsync(client));
        Assert.Equal(HttpStatusCode.OK, await ExportAsync(client));
    }

    [Fact]
    public async Task A_declined_card_buys_nothing()
    {
        using var client = await app.SignInAsync();

        var declined = await Assert.ThrowsAsync<HttpRequestException>(() =>
            app.BuyAsync(client, "pro_monthly", "4000000000000002")
        );

        Assert.Equal(HttpStatusCode.PaymentRequired, declined.StatusCode);
        Assert.Equal(HttpStatusCode.PaymentRequired, await ExportAsync(client));
    }

    private static async Task<HttpStatusCode> AddAsync(HttpClient client) =>
        (await client.PostAsJsonAsync("/api/items", new { name = "A pen" }, Token)).StatusCode;

    private static async Task<HttpStatusCode> ExportAsync(HttpClient client) =>
        (await client.GetAsync("/api/items/export", Token)).StatusCode;
}
