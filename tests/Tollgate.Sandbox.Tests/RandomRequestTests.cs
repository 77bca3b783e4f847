using System.Text.Json;
using Tollgate.Sandbox.Server;
using Tollgate.Sandbox.Tests.Support;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Tests;

/// <summary>Whatever comes in, the answer is Stripe's, and never a fault.</summary>
public sealed class RandomRequestTests
{
    private const int Requests = 2_500;

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
        "-9223372036854775808",
        "9223372036854775807",
        "253402300800",
        "1e400",
        "NaN",
        "null",
        "{}",
        "\u0000",
        "\ud83d\ude80\u202e",
        new string('x', 5001),
        "day",
        "year",
        "reset",
        "forever",
        "void",
        "keep_as_draft",
        "created>0",
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
        "[a][b][c][d][e][f][g][h][i][j][k][l][m][n]=1",
        "[99999999999]=1",
        "[-1]=1",
        "[0]=1&{0}[0][a]=2&{0}=3",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
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
            if (status >= 500)
            {
                var sent = await (request.Content?.ReadAsStringAsync(Token) ?? Task.FromResult(""));
                Assert.Fail($"{status} for {request.Method} {request.RequestUri} {sent}: {answer.Text}");
            }

            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status == 200 && answer.Body.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
            {
                ids.Add(id.GetString()!);
            }
        }

        Assert.All([200, 400, 404], expected => Assert.True(statuses.ContainsKey(expected), $"no {expected}"));
    }

    [Fact]
    public async Task Query_of_twenty_thousand_characters_is_refused_in_words()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var email = $"email={new string('x', 20_000)}";
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/customers", email);
        Assert.Equal("email", refused["error.param"]);
    }

    [Fact]
    public async Task One_key_used_by_many_at_once_creates_once()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(number =>
                    sandbox.SendAsync(HttpMethod.Post, "/v1/customers", ["name=Ada"], $"key-{number % 10}")
                )
        );
        Assert.All(answers, answer => Assert.Contains((int)answer.Status, (int[])[200, 409]));
        Assert.Equal(10, (await sandbox.GetAsync("/v1/customers", "limit=100")).Data.Count);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HttpRequestMessage Make(Random random, List<string> ids)
    {
        var route = SandboxApi.Routes[random.Next(SandboxApi.Routes.Length)];
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
                Fill(random, ids, parameter, parameter.Name, form);
            }
        }

        if (random.Next(6) == 0)
        {
            var name = route.Known[random.Next(route.Known.Count)].Name;
            form.Add(name + Extra[random.Next(Extra.Length)].Replace("{0}", name, StringComparison.Ordinal));
        }

        var encoded = string.Join('&', form);
        if (route.Method != "POST")
        {
            return new HttpRequestMessage(new HttpMethod(route.Method), $"{path}?{encoded}");
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(encoded) };
        if (random.Next(8) == 0)
        {
            // Few keys, so that most of them come again with another request.
            request.Headers.Add("Idempotency-Key", $"key-{random.Next(40)}");
        }

        return request;
    }

    /// <summary>Mostly the shape that the parameter wants, with any values in it.</summary>
    private static void Fill(Random random, List<string> ids, Param parameter, string path, List<string> form)
    {
        if (parameter.Inner.Count == 0 || random.Next(6) == 0)
        {
            form.Add(path + Suffix(random) + Uri.EscapeDataString(Value(random, ids)));
            return;
        }

        foreach (var inner in parameter.Inner)
        {
            if (inner.Name.Length == 0)
            {
                for (var index = 0; index <= random.Next(3); index++)
                {
                    Fill(random, ids, inner, $"{path}[{index}]", form);
                }
            }
            else if (inner.IsRequired || random.Next(2) == 0)
            {
                Fill(random, ids, inner, $"{path}[{inner.Name}]", form);
            }
        }
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
