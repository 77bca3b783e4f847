using System.Text.Json.Nodes;
using Hydra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Api;
using Tollgate.Http;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class ApiDocumentTests
{
    private const string NoDatabase = "--ConnectionStrings:Tollgate=Host=nowhere.invalid";

    /// <summary>What Tollgate has mapped beside billing: the webhook, and signing in.</summary>
    private static readonly string[] Others =
    [
        "/api/auth/confirm/",
        "/api/auth/confirm/again",
        "/api/auth/forgot",
        "/api/auth/login",
        "/api/auth/logout",
        "/api/auth/reset",
        "/api/me/password",
        "/api/webhooks/stripe",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_of_billing_and_signing_in_is_in_the_document_and_nothing_else()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        var routes = Routes(hydra);

        var mapped =
            from route in routes.OfType<RouteEndpoint>()
            let path = route.RoutePattern.RawText!
            where path.StartsWith("/api/billing/", StringComparison.Ordinal) || Others.Contains(path)
            from method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            select $"{method} {path.TrimEnd('/')}";
        var described =
            from path in ApiDocument.Of(routes, ApiAbout.Billing)["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key.ToUpperInvariant()} {path.Key}";

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_problem_codes_are_those_of_the_list_with_their_statuses()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        var list = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "problems.md"), Token);

        var listed =
            from row in list[..list.IndexOf("Hydra's own", StringComparison.Ordinal)].Split('\n')
            where row.StartsWith("| `", StringComparison.Ordinal)
            let cells = row.Split('|', StringSplitOptions.TrimEntries)
            let code = cells[1].Trim('`')
            select $"{code} {cells[2]}";
        var described =
            from problem in Bodies(ApiDocument.Of(Routes(hydra), ApiAbout.Billing), "application/problem+json")
            from example in problem["examples"]!.AsObject()
            let shown = example.Value!["value"]!
            select $"{shown["code"]} {shown["status"]}";

        Assert.Equal(
            listed.Order(StringComparer.Ordinal),
            described.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_and_says_by_what_its_caller_is_known()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        var document = ApiDocument.Of(Routes(hydra), ApiAbout.Billing);
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(operation => (Path: path.Key, Operation: operation.Value!))
            )
            .ToList();

        Assert.Distinct(operations.Select(one => one.Operation["operationId"]!.GetValue<string>()));
        var schemes = document["components"]!["securitySchemes"]!.AsObject();
        Assert.All(
            operations,
            one =>
            {
                var known = one.Operation["security"]!.AsArray().Select(way => way!.AsObject().Single().Key).ToList();
                string[] expected =
                    one.Path == "/api/webhooks/stripe" ? ["stripe_signature"]
                    : one.Path.StartsWith("/api/auth/", StringComparison.Ordinal) ? []
                    : ["cookie", "bearer"];
                Assert.Equal(expected, known);
                Assert.All(known, scheme => Assert.True(schemes.ContainsKey(scheme)));
            }
        );
    }

    [Fact]
    public async Task Its_examples_fit_their_schemas()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        var document = ApiDocument.Of(Routes(hydra), ApiAbout.Billing);

        var bodies = Bodies(document, "application/json").Concat(Bodies(document, "application/problem+json")).ToList();

        Assert.True(bodies.Count > 30, $"{bodies.Count} bodies");
        foreach (var body in bodies)
        {
            Assert.All(
                body["examples"]!.AsObject(),
                one => Assert.Empty(SchemaFaults.Of(one.Value!["value"], body["schema"]!, document))
            );
        }
    }

    [Fact]
    public async Task It_is_read_without_a_sign_in_is_the_same_each_time_and_lists_what_is_answered()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var anonymous = hydra.Anonymous();
        using var acme = await hydra.SignInAsync();
        using var admin = await hydra.SignInAsync("admin@hydra.test");

        var text = await anonymous.GetStringAsync("/openapi/v1.json", Token);
        Assert.Equal(
            text,
            ApiDocument
                .Of(hydra.Service<EndpointDataSource>().Endpoints, ApiAbout.Billing)
                .ToJsonString(BillingJson.Options)
        );

        var document = JsonNode.Parse(text)!;
        foreach (var path in new[] { "/api/billing/plans", "/api/billing/status", "/api/billing/features" })
        {
            var answer = JsonNode.Parse(await acme.GetStringAsync(path, Token));
            var schema = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!;
            Assert.Empty(SchemaFaults.Of(answer, schema["schema"]!, document));
        }

        foreach (var path in new[] { "accounts", "accounts/{account}", "events", "drift", "figures", "actions" })
        {
            var asked = $"/api/billing/admin/{path}";
            var answered = await admin.GetStringAsync(
                asked.Replace("{account}", "acme", StringComparison.Ordinal),
                Token
            );
            var schema = document["paths"]![asked]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!;
            Assert.Empty(SchemaFaults.Of(JsonNode.Parse(answered), schema["schema"]!, document));
        }
    }

    [Fact]
    public async Task Every_member_of_a_request_says_what_it_is()
    {
        await using var hydra = HydraApp.Create(["--environment=Production", NoDatabase]);
        var members =
            from path in ApiDocument.Of(Routes(hydra), ApiAbout.Billing)["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            let schema = operation.Value!["requestBody"]?["content"]!["application/json"]!["schema"] as JsonObject
            where schema is not null
            from member in schema["properties"]!.AsObject()
            select member;

        Assert.Contains(members, member => member.Key == "proration_date");
        Assert.All(members, member => Assert.NotNull(member.Value!["type"] ?? member.Value["enum"]));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", """{"a":1}""", 0)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", """{"a":"1"}""", 1)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", "{}", 1)]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"b":1}""", 1)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", 1)]
    [InlineData("""{"type":["array","null"],"items":{"enum":["x"]}}""", """["x","y"]""", 1)]
    public void A_value_that_does_not_fit_is_found(string schema, string value, int faults) =>
        Assert.Equal(faults, SchemaFaults.Of(JsonNode.Parse(value), JsonNode.Parse(schema)!, new JsonObject()).Count());

    private static List<Endpoint> Routes(WebApplication app) =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)];

    private static IEnumerable<JsonNode> Bodies(JsonNode? node, string mediaType) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                member.Key == mediaType ? [member.Value!] : Bodies(member.Value, mediaType)
            ),
            JsonArray items => items.SelectMany(item => Bodies(item, mediaType)),
            _ => [],
        };
}
