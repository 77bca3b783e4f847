using System.Net.Http.Headers;
using System.Text.Json;

namespace Tollgate.Simulation.World;

/// <summary>
/// Stripe as its dashboard, its pages and its truth show it: never through a node, never through a storm.
/// </summary>
internal sealed class StripeSide : IDisposable
{
    public const string Key = "sk_test_simulated_world";
    private readonly HttpClient client;

    public StripeSide(Uri address, HttpMessageHandler network)
    {
        client = new HttpClient(network, disposeHandler: false) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await client.GetAsync(path));

    public async Task<JsonElement> PostAsync(string path, params (string Name, string Value)[] form) =>
        await ReadAsync(await TryPostAsync(path, form));

    /// <summary>For what may be refused: a declined card, a page that is closed.</summary>
    public async Task<HttpResponseMessage> TryPostAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(
            form.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await client.PostAsync(path, content);
    }

    public async Task<JsonElement> DeleteAsync(string path) => await ReadAsync(await client.DeleteAsync(path));

    /// <summary>All of a list, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await GetAsync(path)).GetProperty("data").EnumerateArray()];

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {text}");
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
    }
}
