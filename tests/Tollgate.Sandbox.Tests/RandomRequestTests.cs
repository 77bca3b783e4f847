using System.Text.Json;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Whatever comes in, the answer is Stripe's, and never a fault.</summary>
public sealed class RandomRequestTests
{
    private const int Requests = 3_000;

    private static readonly string[] Values =
    [
        "",
        "0",
        "1",
        "-1",
        "2",
        "true",
        "false",
        "x",
        "usd",
        "month",
        "card",
        "now",
        "payment",
        "subscription",
        "*",
        "99999999999999999999",
        "9999999999",
        "1.5",
        "é☃",
        "http://127.0.0.1:9/x",
        "pm_card_visa",
        "tok_visa",
        "pm_card_visa_chargeDeclined",
        "create_prorations",
        "always_invoice",
        "all",
        "4242424242424242",
    ];

    private static readonly string[] Extra =
    [
        "[a]=1",
        "[]=1",
        "[0]=1",
        "[0][price]=x",
        "[0][0][0]=1",
        "[",
        "[x=1",
        "%5B%5D=%zz",
        "=&&=",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_requests_are_answered_without_a_fault(int seed)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        // A fixed seed: the requests are the same in each run but for the ids in them.
        var random = new Random(seed);
        var ids = new List<string> { "none", "cus_none", "a b", "%2F", ".." };
        await Some.SubscriptionAsync(sandbox);
        ids.AddRange(
            (await sandbox.EventsAsync())
                .Select(recorded => Answered.At(recorded, "data.object"))
                .Select(document => document.GetProperty("id").GetString()!)
        );
        var statuses = new Dictionary<int, int>();
        for (var count = 0; count < Requests; count++)
        {
            using var request = Make(random, ids);
            var answer = await sandbox.SendAsync(request);
            var status = (int)answer.Status;
            Assert.True(status < 500, $"{status} for {request.Method} {request.RequestUri}: {answer.Text}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status == 200 && answer.Body.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
            {
                ids.Add(id.GetString()!);
            }
        }

        Assert.All([200, 400, 404], expected => Assert.True(statuses.ContainsKey(expected), $"no {expected}"));
    }

    private static HttpRequestMessage Make(Random random, List<string> ids)
    {
        var route = RouteTable.All[random.Next(RouteTable.All.Length)];
        var path = string.Join(
            '/',
            route
                .Pattern.Split('/')
                .Select(part => part.StartsWith('{') ? Uri.EscapeDataString(Pick(random, ids)) : part)
        );
        var form = new List<string>();
        foreach (var parameter in route.Known)
        {
            if (random.Next(3) == 0 || parameter.IsRequired && random.Next(8) != 0)
            {
                form.Add(parameter.Name + Suffix(random) + Uri.EscapeDataString(Value(random, ids)));
            }
        }

        if (random.Next(6) == 0)
        {
            form.Add((route.Known.Count > 0 ? route.Known[0].Name : "x") + Extra[random.Next(Extra.Length)]);
        }

        var encoded = string.Join('&', form);
        return route.Method == "POST"
            ? new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(encoded) }
            : new HttpRequestMessage(new HttpMethod(route.Method), $"{path}?{encoded}");
    }

    private static string Suffix(Random random) =>
        random.Next(5) switch
        {
            0 => "[0]=",
            1 => "[0][price]=",
            2 => "[type]=",
            _ => "=",
        };

    private static string Value(Random random, List<string> ids) =>
        random.Next(2) == 0 ? Pick(random, ids) : Values[random.Next(Values.Length)];

    private static string Pick(Random random, List<string> ids) => ids[random.Next(ids.Count)];
}
