using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Sandbox;

namespace Tollgate.HydraTesting;

/// <summary>The few calls that tests make at Stripe beside the product: pay, change cards, cancel, read.</summary>
public sealed partial class SandboxApi(Uri address, string key = SandboxApi.Key)
{
    private const string Key = "sk_test_sandbox_of_this_checkout";

    private readonly HttpClient client = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await client.GetAsync(path, Token));

    public async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] form) =>
        await ReadAsync(await PostRawAsync(path, form));

    public async Task<HttpResponseMessage> PostRawAsync(string path, params (string Name, string Value)[] form) =>
        await client.PostAsync(path, Form(form), Token);

    public async Task<JsonElement> DeleteAsync(string path) => await ReadAsync(await client.DeleteAsync(path, Token));

    /// <summary>Fills in the card on the hosted page; fails the test when the card is declined.</summary>
    public async Task<string> PayCheckoutAsync(string checkoutUrl, string card)
    {
        await HostedPages.PayCheckoutOverHttpAsync(client, new Uri(checkoutUrl), card, Token);
        return SessionId().Match(checkoutUrl).Value;
    }

    public async Task<string> NewCardAsync(string number) =>
        (
            await PostAsync(
                "/v1/payment_methods",
                ("type", "card"),
                ("card[number]", number),
                ("card[exp_month]", "12"),
                ("card[exp_year]", "2034"),
                ("card[cvc]", "123")
            )
        )
            .GetProperty("id")
            .GetString()!;

    /// <summary>From now on the subscription is charged to this card.</summary>
    public async Task ChargeToAsync(string customer, string subscription, string card)
    {
        var method = await NewCardAsync(card);
        var attached = await PostAsync($"/v1/payment_methods/{method}/attach", ("customer", customer));
        await PostAsync(
            $"/v1/subscriptions/{subscription}",
            ("default_payment_method", attached.GetProperty("id").GetString()!)
        );
    }

    /// <summary>Every event so far, the oldest first, as its raw text.</summary>
    public async Task<IReadOnlyList<(string Type, string Body)>> EventsAsync(string customer)
    {
        var listed = await GetAsync("/v1/events?limit=100");
        return
        [
            .. listed
                .GetProperty("data")
                .EnumerateArray()
                .Where(item => IsOf(item.GetProperty("data").GetProperty("object"), customer))
                .Select(item => (item.GetProperty("type").GetString()!, item.GetRawText()))
                .Reverse(),
        ];
    }

    /// <summary>Stops all deliveries, for tests that deliver themselves.</summary>
    public async Task MuteAsync()
    {
        foreach (var endpoint in (await GetAsync("/v1/webhook_endpoints")).GetProperty("data").EnumerateArray())
        {
            await DeleteAsync($"/v1/webhook_endpoints/{endpoint.GetProperty("id").GetString()}");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static bool IsOf(JsonElement item, string customer) =>
        item.TryGetProperty("customer", out var owner)
        && owner.ValueKind == JsonValueKind.String
        && owner.GetString() == customer;

    private static FormUrlEncodedContent Form((string Name, string Value)[] form) =>
        new(form.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}"
        );
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    [GeneratedRegex("cs_test_[A-Za-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SessionId();
}
