using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.Load.Wire;

/// <summary>A subscription to a plan of Hydra's that was bought at the Sandbox, and is changed there.</summary>
internal sealed class SandboxSubscription : IAsyncDisposable
{
    private const int SeatsMin = 3;
    private readonly HttpClient http;
    private string subscription = "";
    private string item = "";
    private int changes;

    private SandboxSubscription(HttpClient http) => this.http = http;

    public string Customer { get; private set; } = "";

    /// <param name="tenant">Whose it is.</param>
    public static async Task<SandboxSubscription> BuyAsync(
        Uri sandbox,
        string key,
        string tenant,
        CancellationToken cancellationToken
    )
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = sandbox };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var bought = new SandboxSubscription(client);
        var prices = await bought.GetAsync("/v1/prices?active=true&limit=100", cancellationToken);
        var price = prices["data"]!
            .AsArray()
            .First(one => (string?)one!["lookup_key"] is not null && (string?)one["recurring"]?["interval"] == "month");
        var customer = await bought.PostAsync(
            "/v1/customers",
            "email=owner@load.test&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa",
            cancellationToken
        );
        bought.Customer = (string)customer["id"]!;
        var made = await bought.PostAsync(
            "/v1/subscriptions",
            $"customer={bought.Customer}&items[0][price]={price!["id"]}&items[0][quantity]={SeatsMin}"
                + $"&metadata[hydra_tenant_id]={tenant}",
            cancellationToken
        );
        bought.subscription = (string)made["id"]!;
        bought.item = (string)made["items"]!["data"]![0]!["id"]!;
        return bought;
    }

    /// <summary>Another number of seats; answers the event that says so.</summary>
    public async Task<byte[]> ChangeAsync(CancellationToken cancellationToken)
    {
        var seats = SeatsMin + 1 + (++changes % 2);
        await PostAsync(
            $"/v1/subscriptions/{subscription}",
            $"items[0][id]={item}&items[0][quantity]={seats}&proration_behavior=none",
            cancellationToken
        );
        var events = await GetAsync("/v1/events?type=customer.subscription.updated&limit=1", cancellationToken);
        return Encoding.UTF8.GetBytes(events["data"]![0]!.ToJsonString());
    }

    /// <summary>The read that shows what is true of the customer.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) =>
        GetAsync(
            $"/v1/subscriptions?customer={Customer}&status=all&limit=100&expand[]=data.latest_invoice",
            cancellationToken
        );

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonNode.Parse(await http.GetStringAsync(path, cancellationToken))!;

    private async Task<JsonNode> PostAsync(string path, string form, CancellationToken cancellationToken)
    {
        using var content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var answer = await http.PostAsync(path, content, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{path}: {text}");
    }
}
