using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary><c>GET /api/billing/stream</c>: pages receive changes as they are made.</summary>
public sealed class StreamTests
{
    private const string Path = "/api/billing/stream";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_purchase_is_pushed_as_a_version_and_nothing_else()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await using var stream = await OpenAsync(owner);
        Assert.Equal("no-store", stream.Answer.Headers.CacheControl?.ToString());
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: status|data: {\"version\":0}", await stream.StatusAsync());

        await hydra.BuyAsync(owner);

        for (var tier = "free"; tier != "team"; )
        {
            Assert.Matches("""^event: status\|data: {"version":[1-9]\d*}$""", await stream.StatusAsync());
            var status = await owner.GetFromJsonAsync<JsonElement>("/api/billing/status", Token);
            tier = status.GetProperty("tier").GetString();
        }
    }

    [Fact]
    [Trait("fault", "F98")]
    [Trait("abuse", "X43")]
    public async Task A_tenant_receives_nothing_of_another()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await using var stream = await OpenAsync(globex);
        await stream.StatusAsync();

        await hydra.BuyAsync(acme);
        await hydra.TierBecomesAsync("team");
        await hydra.QuietAsync();
        await NotifyAsync(hydra, "globex");

        Assert.Equal(":", await stream.FrameAsync());
    }

    [Fact]
    [Trait("abuse", "X17")]
    public async Task The_stream_of_a_removed_member_ends_at_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var member = await hydra.SignInAsync("member@acme.test");
        await using var stream = await OpenAsync(member);
        await stream.StatusAsync();
        var people = await owner.GetFromJsonAsync<JsonElement>("/api/members", Token);
        var id = people.GetProperty("members")[0].GetProperty("id").GetString();

        await owner.DeleteAsync($"/api/members/{id}", Token);

        Assert.Null(await stream.FrameAsync());
        using var again = await member.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    // at the next beat, which is rung here
    [Fact]
    public async Task The_stream_of_whoever_has_signed_out_ends()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var member = await hydra.SignInAsync("member@acme.test");
        await using var left = await OpenAsync(owner);
        await using var stays = await OpenAsync(member);
        await left.StatusAsync();
        await stays.StatusAsync();

        (await owner.PostAsync("/api/auth/logout", content: null, Token)).EnsureSuccessStatusCode();
        await NotifyAsync(hydra, "acme");

        Assert.Null(await left.FrameAsync());
        Assert.Equal(":", await stays.FrameAsync());
    }

    [Fact]
    [Trait("fault", "F98")]
    public async Task Beyond_fifty_streams_of_one_tenant_the_answer_is_429()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var open = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OpenAsync(owner)));

        using var refused = await owner.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal("too_many_streams", (await HydraHost.Json(refused)).GetProperty("code").GetString());
        await using (await OpenAsync(globex))
        {
            await open[0].DisposeAsync();
            await Eventually.Async(
                async () =>
                {
                    using var one = await owner.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Token);
                    return one.StatusCode == HttpStatusCode.OK;
                },
                ct: Token,
                what: "a place to be free again"
            );
        }

        await Task.WhenAll(open.Skip(1).Select(stream => stream.DisposeAsync().AsTask()));
    }

    [Fact]
    [Trait("fault", "F98")]
    public async Task A_lost_listening_connection_is_said_and_so_is_its_return()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await using var stream = await OpenAsync(owner);
        await stream.StatusAsync();
        // also after a probe, which must not hide who listens
        Assert.Equal(":", await stream.FrameAsync());

        await hydra.QueryAsync<object>(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'LISTEN %'
            """
        );

        Assert.Equal("event: paused|data: {}", await stream.ChangeAsync());
        Assert.Equal("event: status|data: {\"version\":0}", await stream.ChangeAsync());
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_end_of_the_node()
    {
        var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await using var stream = await OpenAsync(owner);
        await stream.StatusAsync();

        var stopped = hydra.DisposeAsync().AsTask();

        Assert.Null(await stream.FrameAsync());
        await stopped;
    }

    [Fact]
    [Trait("abuse", "X15")]
    public async Task A_stranger_gets_no_stream()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var stranger = hydra.Anonymous();

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(Path, Token)).StatusCode);
    }

    private static Task NotifyAsync(HydraHost hydra, string tenant) =>
        hydra.QueryAsync<object>($"SELECT pg_notify('tollgate_accounts', '{tenant}')");

    private static async Task<OpenStream> OpenAsync(HttpClient client)
    {
        var answer = await client.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new OpenStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Token)));
    }

    private sealed record OpenStream(HttpResponseMessage Answer, StreamReader Lines) : IAsyncDisposable
    {
        /// <summary>The next frame; null when the stream has ended.</summary>
        public async Task<string?> FrameAsync()
        {
            var frame = new List<string>();
            // a beat comes every 15 seconds: what is silent for longer hangs
            while (await Lines.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Token) is { } line)
            {
                if (line.Length == 0)
                {
                    return string.Join('|', frame);
                }

                frame.Add(line);
            }

            return null;
        }

        /// <summary>The next frame that says something.</summary>
        public async Task<string?> ChangeAsync()
        {
            var frame = await FrameAsync();
            while (frame == ":")
            {
                frame = await FrameAsync();
            }

            return frame;
        }

        /// <summary>The next status, after a pause while the node does not listen yet.</summary>
        public async Task<string?> StatusAsync()
        {
            var frame = await ChangeAsync();
            while (frame == "event: paused|data: {}")
            {
                frame = await ChangeAsync();
            }

            return frame;
        }

        public ValueTask DisposeAsync()
        {
            Lines.Dispose();
            Answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
