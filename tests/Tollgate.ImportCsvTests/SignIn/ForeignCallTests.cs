using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.ImportCsvTests.SignIn;

/// <summary>What no host does for anybody, whichever route it comes by.</summary>
public sealed partial class ForeignCallTests
{
    /// <summary>What another site's page may call: none of them goes by the caller's cookie.</summary>
    private static readonly string[] OpenToOthers =
    [
        "POST /api/v1/imports/",
        "POST /api/v1/webhooks/stripe",
        "POST /api/webhooks/stripe",
    ];

    /// <summary>What each route of signing in takes: one that is added is added here.</summary>
    private static readonly Dictionary<string, string[]> Bodies = new()
    {
        ["/api/auth/billing-email"] = ["code"],
        ["/api/auth/confirm/"] = ["user", "code", "password"],
        ["/api/auth/confirm/again"] = ["email"],
        ["/api/auth/forgot"] = ["email"],
        ["/api/auth/join"] = ["invitation", "password"],
        ["/api/auth/login"] = ["email", "password"],
        ["/api/auth/register"] = ["organization", "email", "password"],
        ["/api/auth/reset"] = ["user", "code", "password"],
        ["/api/auth/sign-up"] = ["email", "password"],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task Another_sites_page_changes_nothing_by_any_route(string name)
    {
        // with billing off no gate stands before the check
        await using var host = await EitherHost.StartAsync(name, "--BILLING_ENABLED=false");
        using var owner = await host.SignInAsync();
        using var admin = await host.SignInAsync(host.Admin);
        var changing = Routes(host).Where(route => !OpenToOthers.Contains($"{route.Method} {route.Pattern}")).ToList();
        Assert.True(changing.Count >= 12, $"{changing.Count} routes");
        foreach (var (method, pattern) in changing)
        {
            var isAdmins = pattern.Contains("/admin/", StringComparison.Ordinal);
            foreach (var (header, value) in Foreign)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Example(pattern))
                {
                    Content = JsonContent.Create(new { }),
                };
                request.Headers.Add(header, value);
                var answer = await (isAdmins ? admin : owner).SendAsync(request, Token);
                var body = await answer.Content.ReadAsStringAsync(Token);
                Assert.True(
                    answer.StatusCode == HttpStatusCode.Forbidden
                        && body.Contains("cross_site_request", StringComparison.Ordinal),
                    $"{method} {pattern} by {header}: {(int)answer.StatusCode} {body}"
                );
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/api/me", Token)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_null_character_is_a_clear_no_wherever_it_stands(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var client = host.Product.Stranger();
        foreach (var pattern in Routes(host).Where(IsOfSignIn).Select(route => route.Pattern))
        {
            var good = Bodies[pattern].ToDictionary(member => member, Good);
            foreach (var bad in good.Keys)
            {
                foreach (var text in new[] { "a\\u0000@b.test", "a\\ud800@b.test" })
                {
                    var members = good.Select(one => $"\"{one.Key}\":\"{(one.Key == bad ? text : one.Value)}\"");
                    using var content = new StringContent($"{{{string.Join(',', members)}}}");
                    content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    await RunningProduct.RefusedAsync(
                        await client.PostAsync(pattern, content, Token),
                        400,
                        "invalid_request"
                    );
                }
            }
        }

        using var signedIn = await host.SignInAsync();
        foreach (var path in new[] { "/api/me?x=%00", "/?session_id=a%00b" })
        {
            await RunningProduct.RefusedAsync(await signedIn.GetAsync(path, Token), 400, "invalid_request");
        }

        static string Good(string member) => member == "email" ? "new@example.com" : "some-good-words";
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_body_that_is_too_long_is_refused_before_it_has_come_and_nothing_is_hashed(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        var hashes = await host.HashesAsync(async () =>
        {
            foreach (var pattern in Routes(host).Where(IsOfSignIn).Select(route => route.Pattern))
            {
                // 25 MB are announced, and none of it is sent
                Assert.Equal(400, await StatusAsync(host, pattern, "Content-Length: 26214400", body: ""));
                // a body without an end is read as far as it may go
                var chunk = new string('x', 20_000);
                var sent = $"{chunk.Length:x}\r\n{chunk}\r\n";
                Assert.Equal(400, await StatusAsync(host, pattern, "Transfer-Encoding: chunked", sent));
            }
        });
        Assert.Equal(0, hashes);
    }

    private static IEnumerable<(string Header, string Value)> Foreign =>
        [("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")];

    // logging out takes no body
    private static bool IsOfSignIn((string Method, string Pattern) route) =>
        route.Pattern.StartsWith("/api/auth/", StringComparison.Ordinal) && route.Pattern != "/api/auth/logout";

    private static List<(string Method, string Pattern)> Routes(EitherHost host) =>
        [
            .. host
                .Product.App.Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"])
                        .Where(method => method is "POST" or "PUT" or "PATCH" or "DELETE")
                        .Select(method => (method, $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"))
                )
                .Where(route => !route.Item2.StartsWith("/health", StringComparison.Ordinal)),
        ];

    private static string Example(string pattern) =>
        Parameter()
            .Replace(pattern, match => match.Value.Contains("guid", StringComparison.Ordinal) ? $"{Guid.Empty}" : "x");

    private static async Task<int> StatusAsync(EitherHost host, string path, string length, string body)
    {
        var address = host.Product.Address;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Token);
        var stream = connection.GetStream();
        var head =
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n{length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body), Token);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = (await reader.ReadLineAsync(Token))!;
        return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parameter();
}
