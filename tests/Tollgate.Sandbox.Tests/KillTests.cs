using System.Collections.Concurrent;
using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A process that is killed while it works.</summary>
public sealed class KillTests : IDisposable
{
    private const int Callers = 8;
    private const int AnsweredBeforeTheKill = 100;
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-kill-").FullName;
    private readonly ConcurrentDictionary<string, string> customerOf = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everything_answered_under_load_is_there_after_a_kill()
    {
        using (var process = SandboxProcess.Start("--port", "0", "--data", folder))
        {
            using var http = new HttpClient { BaseAddress = await process.AddressAsync() };
            http.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_localsandbox");
            var product = await PostAsync(http, "/v1/products", "name=Team");
            var price = await PostAsync(
                http,
                "/v1/prices",
                $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month"
            );
            var callers = Enumerable.Range(0, Callers).Select(_ => SubscribeUntilKilledAsync(http, price)).ToList();
            await Until.TrueAsync(
                () => Task.FromResult(customerOf.Count >= AnsweredBeforeTheKill),
                () => $"{customerOf.Count} answers"
            );
            await process.KillAsync();
            await Task.WhenAll(callers);
        }

        // What the kill could have left of a command that was being written.
        await File.AppendAllTextAsync(Path.Combine(folder, "journal.jsonl"), "{\"put\":[{\"id\":\"cus_to", Token);
        await using var again = await TestSandbox.StartAsync(new SandboxOptions { DataDirectory = folder });
        foreach (var (id, customer) in customerOf)
        {
            var subscription = await again.GetAsync($"/v1/subscriptions/{id}", "expand[]=latest_invoice");
            Assert.Equal("active", subscription["status"]);
            Assert.Equal(customer, subscription["customer"]);
            Assert.Equal("paid", subscription["latest_invoice.status"]);
        }

        await Some.SubscriptionAsync(again);
    }

    private async Task SubscribeUntilKilledAsync(HttpClient http, string price)
    {
        try
        {
            while (true)
            {
                var customer = await PostAsync(
                    http,
                    "/v1/customers",
                    "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"
                );
                var subscription = await PostAsync(
                    http,
                    "/v1/subscriptions",
                    $"customer={customer}&items[0][price]={price}"
                );
                customerOf[subscription] = customer;
            }
        }
        catch (HttpRequestException)
        {
            // The kill: this request was not answered, so that nothing is expected of it.
        }
    }

    private static async Task<string> PostAsync(HttpClient http, string path, string form)
    {
        using var content = new StringContent(form);
        using var answer = await http.PostAsync(path, content, Token);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return body.RootElement.GetProperty("id").GetString()!;
    }
}
