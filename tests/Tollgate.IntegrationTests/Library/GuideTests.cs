using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// docs/guide, typed as it stands there: its commands, its files, and what they promise, from the packages alone.
/// </summary>
public sealed partial class GuideTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_that_is_typed_from_the_guide_limits_and_sells()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guide", "add-billing.md"), Token);
        var folder = packages.NewFolder("guide");
        string[] commands = [.. Commands().Match(text).Groups["lines"].Value.Trim().Split('\n')];
        Assert.Equal(3, commands.Length);
        foreach (var command in commands)
        {
            await packages.DotnetAsync(folder, command.Split(' ')[1..]);
        }

        var files = Files().Matches(text);
        Assert.Equal(3, files.Count);
        foreach (Match file in files)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, file.Groups["name"].Value),
                file.Groups["text"].Value,
                Token
            );
        }

        await packages.DotnetAsync(folder, "build", "MyApp", "-o", "built");
        await BuyAsync(Path.Combine(folder, "built"));
    }

    private static async Task BuyAsync(string built)
    {
        await using var database = await TestDatabase.CreateAsync();
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var sandbox = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var app = ProductProcess.StartFrom(
            built,
            "MyApp",
            address,
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Tollgate"] = database.ConnectionString,
                ["Development__SandboxPort"] = $"{sandbox.Port}",
                ["Development__KeepSandbox"] = "false",
                ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            }
        );
        await app.ReadyAsync();
        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal("Signed in.", await client.GetStringAsync("/login?email=you@example.com", Token));

        for (var report = 1; report <= 3; report++)
        {
            Assert.Equal(HttpStatusCode.OK, (await ReportAsync(client)).StatusCode);
        }

        using var refused = await ReportAsync(client);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(
            (402, "free_tier_limit_reached", "report", 3, 3, $"{address}billing/upgrade"),
            (
                problem.GetProperty("status").GetInt32(),
                problem.GetProperty("code").GetString(),
                problem.GetProperty("meter").GetString(),
                problem.GetProperty("used").GetInt32(),
                problem.GetProperty("limit").GetInt32(),
                problem.GetProperty("upgrade_url").GetString()
            )
        );
        Assert.Equal(HttpStatusCode.PaymentRequired, (await client.GetAsync("/export", Token)).StatusCode);
        Assert.Contains(
            "<tg-plan-table>",
            await client.GetStringAsync("/billing/upgrade", Token),
            StringComparison.Ordinal
        );

        var opened = await client.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "pro_monthly", seat_count = 1 },
            Token
        );
        var checkout = await opened.Content.ReadFromJsonAsync<JsonElement>(Token);
        await new SandboxApi(sandbox).PayCheckoutAsync(
            checkout.GetProperty("checkout_url").GetString()!,
            "4242424242424242"
        );

        await Eventually.Async(
            async () => (await client.GetAsync("/export", Token)).IsSuccessStatusCode,
            ct: Token,
            what: "the plan to open its feature"
        );
        Assert.Equal(HttpStatusCode.OK, (await ReportAsync(client)).StatusCode);
    }

    private static Task<HttpResponseMessage> ReportAsync(HttpClient client) =>
        client.PostAsync("/reports", content: null, Token);

    [GeneratedRegex(
        "## 1. Packages\n\n```\n(?<lines>.*?)```",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Commands();

    [GeneratedRegex(
        "^`(?<name>[^`\n]+)`:\n\n```csharp\n(?<text>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Files();
}
