using Npgsql;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Development;

/// <summary>
/// In Development a command finds the serving host's Sandbox and changes nothing of it, wherever that is.
/// </summary>
public sealed class CommandBesideHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_and_a_run_at_another_port_leave_the_first_runs_endpoint_and_secret_as_they_are()
    {
        using var state = new StateFolder();
        await using var database = await TestDatabase.CreateAsync();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["TOLLGATE_DATA"] = state.Path,
            ["Development__SandboxPort"] = $"{FreePort.Next()}",
        };
        var kept = Path.Combine(state.Path, "hydra", "sandbox.json");
        var first = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        string asServed;
        await using (var hydra = HydraProcess.Start(first, environment))
        {
            await hydra.ReadyAsync();
            asServed = await File.ReadAllTextAsync(kept, Token);
            var endpoints = await EndpointsAsync(environment);
            Assert.Single(endpoints);

            // typed as people type it: nothing says where the host serves
            foreach (var command in (string[])["doctor", "explain acme", "events list", "setup", "billing status"])
            {
                await using var typed = ProductProcess.Type("Hydra", environment, command.Split(' '));
                Assert.True(await typed.ExitCodeAsync() == 0, $"{command}: {typed.Output}{typed.Errors}");
            }

            Assert.Equal(asServed, await File.ReadAllTextAsync(kept, Token));
            Assert.Equal(endpoints, await EndpointsAsync(environment));
            await hydra.StopAsync(TimeSpan.FromSeconds(60));
        }

        var second = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using (var elsewhere = HydraProcess.Start(second, environment))
        {
            await elsewhere.ReadyAsync();
            Assert.Equal(2, (await EndpointsAsync(environment)).Count);
            await elsewhere.StopAsync(TimeSpan.FromSeconds(60));
        }

        // a command without a serving host has the kept Sandbox for itself, and changes nothing either
        var before = await File.ReadAllTextAsync(kept, Token);
        await using (var alone = ProductProcess.Type("Hydra", environment, "events", "list"))
        {
            Assert.True(await alone.ExitCodeAsync() == 0, alone.Errors);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(kept, Token));
        await using var again = HydraProcess.Start(first, environment);
        await again.ReadyAsync();
        Assert.Equal(2, (await EndpointsAsync(environment)).Count);
        // its own catch-up, which needs no secret, is over: what comes from now on is delivered
        await Eventually.Async(
            () =>
                HoldsAsync(
                    database,
                    "(SELECT finished_at > clock_timestamp() - interval '1 minute' FROM billing.catch_up)"
                ),
            ct: Token
        );
        var bought = await BuyAsync(Stripe(environment));
        await Eventually.Async(
            () =>
                HoldsAsync(database, $"EXISTS (SELECT FROM billing.inbox_receipts WHERE subscription_id = '{bought}')"),
            ct: Token,
            what: "an event to be delivered"
        );
        await again.StopAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_command_in_a_fresh_checkout_keeps_no_Sandbox()
    {
        using var state = new StateFolder();
        await using var database = await TestDatabase.CreateAsync();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["TOLLGATE_DATA"] = state.Path,
            ["Development__SandboxPort"] = $"{FreePort.Next()}",
        };

        await using var typed = ProductProcess.Type("Hydra", environment, "migrate", "status");

        Assert.True(await typed.ExitCodeAsync() == 0, typed.Errors);
        Assert.Contains("missing  20261121000100_Initial", typed.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(state.Path, "hydra")));
    }

    private static async Task<IReadOnlyList<string>> EndpointsAsync(Dictionary<string, string> environment)
    {
        var list = await Stripe(environment).GetAsync("/v1/webhook_endpoints");
        return [.. list.GetProperty("data").EnumerateArray().Select(one => one.GetRawText())];
    }

    private static async Task<string> BuyAsync(SandboxApi stripe)
    {
        var customer = await stripe.PostAsync(
            "/v1/customers",
            ("payment_method", "pm_card_visa"),
            ("invoice_settings[default_payment_method]", "pm_card_visa")
        );
        var prices = await stripe.GetAsync("/v1/prices");
        var bought = await stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", customer.GetProperty("id").GetString()!),
            ("items[0][price]", prices.GetProperty("data")[0].GetProperty("id").GetString()!)
        );
        return bought.GetProperty("id").GetString()!;
    }

    private static async Task<bool> HoldsAsync(TestDatabase database, string condition)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand($"SELECT {condition}");
        return await command.ExecuteScalarAsync(Token) is true;
    }

    private static SandboxApi Stripe(Dictionary<string, string> environment) =>
        new(new Uri($"http://127.0.0.1:{environment["Development__SandboxPort"]}"));
}
