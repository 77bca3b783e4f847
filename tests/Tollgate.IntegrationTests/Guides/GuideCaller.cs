using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>Somebody who is signed in to the guide's app.</summary>
internal sealed class GuideCaller(HttpClient client, SandboxApi stripe) : IDisposable
{
    private const string GoodCard = "4242424242424242";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return client.SendAsync(request, Token);
    }

    public async Task<JsonElement> ReadAsync(string path) => await client.GetFromJsonAsync<JsonElement>(path, Token);

    public async Task BuyAsync(string price)
    {
        var wish = new { price_id = price, seat_count = 1 };
        using var opened = await client.PostAsJsonAsync("/api/billing/checkout", wish, Token);
        await PayAsync((await RunningProduct.Json(opened)).GetProperty("checkout_url").GetString()!);
    }

    public async Task PayAsync(string checkout)
    {
        await stripe.PayCheckoutAsync(checkout, GoodCard);
        await Eventually.Async(
            async () => (await ReadAsync("/api/billing/status")).GetProperty("kind").GetString() == "paid",
            ct: Token,
            what: "the plan to be there"
        );
    }

    public void Dispose() => client.Dispose();
}
