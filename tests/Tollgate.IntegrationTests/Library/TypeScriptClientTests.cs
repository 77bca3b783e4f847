using Tollgate.Sandbox.Tests.Support;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>The npm package <c>@tollgate/client</c> knows the API as a host serves it.</summary>
public sealed class TypeScriptClientTests
{
    private const string GoodCard = "4242424242424242";
    private const string DeclinedLater = "4000000000000341";

    private static readonly string Package = Path.Combine(Repository.Root, "src", "Tollgate.Client");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_types_are_those_of_the_document_that_a_host_serves()
    {
        await BuildAsync();
        await using var app = await GuestApp.StartAsync();

        await RunAsync("build/schema.js", new Uri(app.Address, "/openapi/v1.json").AbsoluteUri, "--check");
    }

    [Fact]
    public async Task It_reads_sells_and_is_refused_by_a_host_that_runs()
    {
        await BuildAsync();
        await using var app = await GuestApp.StartAsync();
        var origin = app.Address.GetLeftPart(UriPartial.Authority);
        using var ann = await app.SignInAsync("ann");

        var checkout = await RunAsync("build/ask-host.js", "free", origin);
        await app.Stripe.PayCheckoutAsync(checkout.Trim(), GoodCard);
        await Eventually.Async(
            async () => (await ann.ReadAsync("/api/billing/status")).GetProperty("tier").GetString() == "team",
            ct: Token,
            what: "the plan to be there"
        );

        var customer = await app.QueryAsync<string>("SELECT stripe_customer_id FROM billing.accounts");
        var held = await app.Stripe.GetAsync($"/v1/subscriptions?customer={customer}");
        var subscription = held.GetProperty("data")[0].GetProperty("id").GetString()!;
        await app.Stripe.ChargeToAsync(customer!, subscription, DeclinedLater);
        await RunAsync("build/ask-host.js", "paid", origin);
    }

    // installs and builds what is not there yet, as it does for the components
    private static Task BuildAsync() =>
        RunAsync(Path.Combine("..", "Tollgate.Web", "build", "for-dotnet.js"), "client.js");

    private static async Task<string> RunAsync(params string[] script)
    {
        var ended = await Command.RunAsync("node", script, Package, cancellationToken: Token);
        Assert.True(ended.Code == 0, ended.All);
        return ended.Output;
    }
}
