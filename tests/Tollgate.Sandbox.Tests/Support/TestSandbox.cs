using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>A Sandbox of one test, and a client of it. Answers are checked against Stripe's shapes.</summary>
internal sealed class TestSandbox : IAsyncDisposable
{
    private readonly HttpClient http;

    private TestSandbox(SandboxServer server)
    {
        Server = server;
        http = new HttpClient(
            new SchemaCheck
            {
                InnerHandler = new SocketsHttpHandler
                {
                    UseProxy = false,
                    Expect100ContinueTimeout = Timeout.InfiniteTimeSpan,
                },
            }
        )
        {
            BaseAddress = server.BaseAddress,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_localsandbox");
    }

    public SandboxServer Server { get; }

    public HttpClient Http => http;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestSandbox> StartAsync(SandboxOptions? options = null) =>
        new(await SandboxServer.StartAsync(options, Token));

    /// <summary>A Sandbox whose time is stopped until it is advanced.</summary>
    public static Task<TestSandbox> StartAtAsync(DateTimeOffset moment) =>
        StartAsync(new SandboxOptions { Machine = new FrozenTime(moment) });

    public async Task<Answered> SendAsync(HttpMethod method, string path, string[] form, string? key = null)
    {
        var encoded = string.Join('&', form.Select(Encode));
        var isPost = method == HttpMethod.Post;
        var query = !isPost && encoded.Length > 0 ? $"?{encoded}" : "";
        using var request = new HttpRequestMessage(method, path + query);
        if (isPost)
        {
            request.Content = new StringContent(
                encoded,
                MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")
            );
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await SendAsync(request);
    }

    public async Task<Answered> SendAsync(HttpRequestMessage request)
    {
        var message = await http.SendAsync(request, Token);
        var text = await message.Content.ReadAsStringAsync(Token);
        using var document = JsonDocument.Parse(text);
        return new Answered(message.StatusCode, message, text, document.RootElement.Clone());
    }

    /// <summary>POST with members like <c>items[0][price]=x</c>; must succeed.</summary>
    public Task<Answered> PostAsync(string path, params string[] form) =>
        Succeed(SendAsync(HttpMethod.Post, path, form));

    public Task<Answered> GetAsync(string path, params string[] query) =>
        Succeed(SendAsync(HttpMethod.Get, path, query));

    public Task<Answered> DeleteAsync(string path) => Succeed(SendAsync(HttpMethod.Delete, path, []));

    /// <summary>Any method; must be refused with the status given.</summary>
    public async Task<Answered> RefusedAsync(int status, HttpMethod method, string path, params string[] form)
    {
        var answer = await SendAsync(method, path, form);
        Assert.True((int)answer.Status == status, $"{(int)answer.Status} instead of {status}: {answer.Text}");
        return answer;
    }

    public Task AdvanceAsync(TimeSpan by) => Server.AdvanceAsync(by, Token);

    public Task AdvanceToAsync(long unixSeconds) =>
        AdvanceAsync(DateTimeOffset.FromUnixTimeSeconds(unixSeconds) - Server.Clock.GetUtcNow());

    /// <summary>The types of all events so far, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventTypesAsync()
    {
        var events = await EventsAsync();
        return [.. events.Select(element => element.GetProperty("type").GetString()!)];
    }

    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string? type = null)
    {
        var all = new List<JsonElement>();
        string[] query = type is null ? ["limit=100"] : ["limit=100", $"type={type}"];
        var page = await GetAsync("/v1/events", query);
        all.AddRange(page.Data);
        while (page.At("has_more").GetBoolean())
        {
            page = await GetAsync("/v1/events", [.. query, $"starting_after={page.Ids[^1]}"]);
            all.AddRange(page.Data);
        }

        all.Reverse();
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }

    private static string Encode(string pair)
    {
        var split = pair.IndexOf('=', StringComparison.Ordinal);
        return $"{Uri.EscapeDataString(pair[..split])}={Uri.EscapeDataString(pair[(split + 1)..])}";
    }

    private static async Task<Answered> Succeed(Task<Answered> sending)
    {
        var answer = await sending;
        Assert.True(answer.Status == HttpStatusCode.OK, $"{(int)answer.Status}: {answer.Text}");
        return answer;
    }
}
