using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>What a restart finds again.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-journal-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(folder, "journal.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task State_clock_and_keys_survive_a_restart()
    {
        string id;
        string first;
        DateTimeOffset then;
        await using (var sandbox = await StartAsync())
        {
            first = (await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], "key-1")).Text;
            id = (await Some.SubscriptionAsync(sandbox)).Id;
            await sandbox.AdvanceAsync(TimeSpan.FromHours(20));
            then = sandbox.Server.Clock.GetUtcNow();
        }

        await using var again = await StartAsync();
        Assert.True(again.Server.Clock.GetUtcNow() >= then);
        var subscription = await again.GetAsync($"/v1/subscriptions/{id}", "expand[]=latest_invoice");
        Assert.Equal("active", subscription["status"]);
        Assert.Equal("paid", subscription["latest_invoice.status"]);
        var replayed = await again.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], "key-1");
        Assert.Equal(first, replayed.Text);
        await again.AdvanceToAsync(subscription.Int("items.data.0.current_period_end") + 3600);
        Assert.Equal(2, (await again.GetAsync("/v1/invoices", "status=paid")).Data.Count);
    }

    [Fact]
    public async Task Undelivered_events_are_sent_after_a_restart()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = static before => before == 0 ? 500 : 200;
        await using (var sandbox = await StartAsync())
        {
            await sandbox.PostAsync(
                "/v1/webhook_endpoints",
                $"url={receiver.Url}",
                "enabled_events[]=customer.created"
            );
            await sandbox.PostAsync("/v1/customers", "name=Ada");
            await sandbox.Server.WaitForDeliveriesAsync(Token);
        }

        await using var again = await StartAsync();
        await again.AdvanceAsync(TimeSpan.FromSeconds(2));
        await again.Server.WaitForDeliveriesAsync(Token);
        Assert.Equal(2, receiver.All.Count);
        Assert.Equal(0, (await again.EventsAsync()).Single().GetProperty("pending_webhooks").GetInt32());
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill()
    {
        string id;
        using (var process = SandboxProcess.Start("--port", "0", "--data", folder))
        {
            using var http = new HttpClient { BaseAddress = await process.AddressAsync() };
            http.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_localsandbox");
            using var content = new StringContent("name=Ada");
            var answer = await http.PostAsync("/v1/customers", content, Token);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
            id = body.RootElement.GetProperty("id").GetString()!;
            await process.KillAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal("Ada", (await again.GetAsync($"/v1/customers/{id}"))["name"]);
    }

    [Fact]
    public async Task Torn_last_line_is_dropped()
    {
        await using (var sandbox = await StartAsync())
        {
            await sandbox.PostAsync("/v1/customers", "name=Ada");
        }

        await File.AppendAllTextAsync(FilePath, "{\"put\":[{\"id\":\"cus_torn\",\"obj", Token);
        await using var again = await StartAsync();
        Assert.Single((await again.GetAsync("/v1/customers")).Data);
    }

    [Fact]
    public async Task Broken_line_in_the_middle_stops_the_start()
    {
        await using (var sandbox = await StartAsync())
        {
            await sandbox.PostAsync("/v1/customers", "name=Ada");
        }

        await File.AppendAllTextAsync(FilePath, "nonsense\n{}\n", Token);
        await Assert.ThrowsAsync<InvalidDataException>(StartAsync);
    }

    [Fact]
    public async Task Second_sandbox_on_the_same_folder_is_refused()
    {
        await using var sandbox = await StartAsync();
        await Assert.ThrowsAsync<IOException>(StartAsync);
    }

    private Task<TestSandbox> StartAsync() => TestSandbox.StartAsync(new SandboxOptions { DataDirectory = folder });
}
