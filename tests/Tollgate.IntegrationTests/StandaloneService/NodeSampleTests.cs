using System.Net;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.StandaloneService;

/// <summary>samples/node, as somebody runs it who is not on .NET: it limits, sells, and hears of it.</summary>
public sealed class NodeSampleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_in_node_limits_sells_and_hears_of_it()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        // the app is where people are; Stripe's events go to the service all the same
        await using var service = await ServiceHost.StartAsync(plans: null, $"--Tollgate:AppUrl={address}");
        var key = await service.JsonCommandAsync("keys", "create", "--name", "node");
        var hook = await service.JsonCommandAsync("webhooks", "add", $"{address}webhooks");
        await using var app = ProductProcess.StartProgram(
            "node",
            address,
            new Dictionary<string, string>
            {
                ["TOLLGATE_URL"] = service.Address.GetLeftPart(UriPartial.Authority),
                ["TOLLGATE_KEY"] = key.GetProperty("secret").GetString()!,
                ["WEBHOOK_SECRET"] = hook.GetProperty("secret").GetString()!,
                ["PORT"] = $"{address.Port}",
            },
            Path.Combine(Repository.Root, "samples", "node", "app.mjs")
        );
        await SaysAsync(app, address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var browser = new HttpClient { BaseAddress = address };

        for (var picture = 1; picture <= 3; picture++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/render/ann", content: null, Token)).StatusCode);
        }

        using var refused = await browser.PostAsync("/render/ann", content: null, Token);
        await RunningProduct.RefusedAsync(refused, 402, "free_tier_limit_reached");
        using var checkout = await browser.PostAsync("/buy/ann", content: null, Token);
        var url = (await RunningProduct.Json(checkout)).GetProperty("checkout_url").GetString()!;
        await service.Stripe.PayCheckoutAsync(url, "4242424242424242");

        await SaysAsync(app, "subscription.changed");
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/render/ann", content: null, Token)).StatusCode);
        using var forged = new StringContent("{\"type\":\"plan.activated\"}");
        forged.Headers.Add("webhook-id", "msg_1");
        forged.Headers.Add("webhook-timestamp", $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");
        forged.Headers.Add("webhook-signature", "v1,bm8=");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/webhooks", forged, Token)).StatusCode);
    }

    [Fact]
    public void It_is_about_forty_lines() =>
        Assert.InRange(
            File.ReadLines(Path.Combine(Repository.Root, "samples", "node", "app.mjs"))
                .Count(line => line.Trim().Length > 0),
            1,
            45
        );

    private static Task SaysAsync(ProductProcess app, string words) =>
        Eventually.Async(
            () => Task.FromResult(app.Output.Contains(words, StringComparison.Ordinal)),
            ct: Token,
            what: $"the app to say {words}"
        );
}
