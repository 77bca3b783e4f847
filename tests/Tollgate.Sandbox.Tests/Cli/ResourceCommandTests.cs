using System.Text.Json;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests.Cli;

/// <summary>Stripe's own command line reads and writes.</summary>
public sealed class ResourceCommandTests
{
    [Fact]
    public async Task Customer_made_by_command_is_read_by_path()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var made = Parse(
            await cli.SucceedAsync("customers", "create", "--email", "ada@acme.test", "-d", "metadata[a]=b")
        );
        var read = Parse(await cli.SucceedAsync("get", $"/v1/customers/{Id(made)}"));
        Assert.Equal("ada@acme.test", read.GetProperty("email").GetString());
        Assert.Equal("b", Answered.At(read, "metadata.a").GetString());
        Assert.Equal("ada@acme.test", (await sandbox.GetAsync($"/v1/customers/{Id(made)}"))["email"]);
    }

    [Fact]
    public async Task Post_with_an_idempotency_key_happens_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        string[] post = ["post", "/v1/customers", "-d", "name=Ada", "-i", "key-1"];
        var first = Parse(await cli.SucceedAsync(post));
        var second = Parse(await cli.SucceedAsync(post));
        Assert.Equal(Id(first), Id(second));
        Assert.Single((await sandbox.GetAsync("/v1/customers")).Data);
        var other = await cli.SucceedAsync("post", "/v1/customers", "-d", "name=Bob", "-i", "key-1");
        Assert.Contains("idempotency_error", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_are_listed_with_a_limit_and_expanded()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await Some.SubscriptionAsync(sandbox);
        var newest = await Some.SubscriptionAsync(sandbox);
        var list = Parse(await cli.SucceedAsync("subscriptions", "list", "--limit", "1", "-e", "data.customer"));
        var shown = Assert.Single(list.GetProperty("data").EnumerateArray());
        Assert.Equal(newest.Id, Id(shown));
        Assert.Equal("customer", Answered.At(shown, "customer.object").GetString());
        Assert.True(list.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task Confirmed_cancel_ends_a_subscription()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox);
        var canceled = Parse(await cli.SucceedAsync("subscriptions", "cancel", subscription.Id, "-c"));
        Assert.Equal("canceled", canceled.GetProperty("status").GetString());
        Assert.Equal("canceled", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
    }

    [Fact]
    public async Task Event_is_resent_to_the_endpoint_named()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var endpoint = await sandbox.PostAsync(
            "/v1/webhook_endpoints",
            $"url={receiver.Url}",
            "enabled_events[]=product.created"
        );
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        var id = Id((await sandbox.EventsAsync("customer.created")).Single());
        var shown = Parse(await cli.SucceedAsync("events", "resend", id, "--webhook-endpoint", endpoint.Id));
        await sandbox.Server.WaitForDeliveriesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(id, Id(shown));
        Assert.Equal(id, Assert.Single(receiver.All).EventId);
    }

    [Fact]
    public async Task Refusal_is_shown_in_the_shape_of_the_api()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var error = Parse(await cli.SucceedAsync("customers", "retrieve", "cus_none")).GetProperty("error");
        Assert.Equal("resource_missing", error.GetProperty("code").GetString());
        Assert.Equal("No such customer: 'cus_none'", error.GetProperty("message").GetString());
    }

    // Before a cancellation the CLI names the account it acts on.
    private static JsonElement Parse(string output) =>
        JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]).RootElement;

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;
}
