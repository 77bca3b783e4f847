using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ImportCsv;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Api;

namespace Tollgate.ImportCsvTests;

/// <summary>The OpenAPI document says what the host does, in the cloud and out of it.</summary>
public sealed class ApiDocumentTests
{
    private const string Newcomer = "new@example.com";
    private const string Csv = "email,name\r\nada@example.com,Ada\r\ngrace at example.com,Grace\r\n";
    private const string First = "long-enough-words";
    private const string Second = "some-newer-words";

    private static readonly object Form = new
    {
        name = "Contacts",
        columns = new[]
        {
            new
            {
                key = "email",
                label = "E-mail",
                type = "email",
            },
        },
        callback_url = "https://receiver.invalid/imported",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Every_route_of_the_API_is_in_the_document_and_nothing_else(string cloud)
    {
        await using var app = Create(cloud);
        var mapped =
            from route in Routes(app).OfType<RouteEndpoint>()
            let path = ApiDocument.PathOf(route.RoutePattern)
            where path.StartsWith("/api/", StringComparison.Ordinal)
            from method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            where method != HttpMethods.Options // the browser's own question
            select $"{method} {path}";
        var described =
            from path in Document(app)["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select $"{operation.Key.ToUpperInvariant()} {path.Key}";

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_problem_codes_are_those_of_the_list_with_their_statuses()
    {
        await using var app = Create("true");
        var list = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "problems.md"), Token);
        var listed = Listed(list);
        var own = Listed(list[list.IndexOf("ImportCSV's own", StringComparison.Ordinal)..]);
        var described = (
            from problem in Bodies(Document(app), "application/problem+json")
            from example in problem["examples"]!.AsObject()
            let shown = example.Value!["value"]!
            select $"{shown["code"]} {shown["status"]}"
        ).ToHashSet();

        Assert.Empty(described.Except(listed));
        Assert.Empty(own.Except(described));

        static IReadOnlyList<string> Listed(string text) =>
            [
                .. from row in text.Split('\n')
                where row.StartsWith("| `", StringComparison.Ordinal)
                let cells = row.Split('|', StringSplitOptions.TrimEntries)
                select $"{cells[1].Trim('`')} {cells[2]}",
            ];
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Its_examples_fit_their_schemas_and_its_ids_are_each_ones_own(string cloud)
    {
        await using var app = Create(cloud);
        var document = Document(app);
        var bodies = new[] { "application/json", "application/problem+json", "multipart/form-data", "text/csv" }
            .SelectMany(type => Bodies(document, type))
            .ToList();
        Assert.True(bodies.Count > 30, $"{bodies.Count} bodies");
        foreach (var body in bodies)
        {
            Assert.All(
                body["examples"]!.AsObject(),
                one => Assert.Empty(SchemaFaults.Of(one.Value!["value"], body["schema"]!, document))
            );
        }

        Assert.Distinct(Operations(document).Select(one => one["operationId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_says_who_must_sign_in()
    {
        await using var app = Create("true");
        var document = Document(app);
        var known = Operations(document)
            .ToDictionary(
                one => one["operationId"]!.GetValue<string>(),
                one => one["security"]!.AsArray().SelectMany(way => way!.AsObject()).Select(way => way.Key).ToArray()
            );
        Assert.Empty(known["import"]);
        Assert.Empty(known["readConfig"]);
        Assert.Empty(known["logIn"]);
        Assert.Empty(known["forgotPassword"]);
        Assert.Equal(["stripe_signature"], known["receiveEvent"]);
        foreach (var id in new[] { "listImporters", "listImports", "readMe", "listUsers", "startCheckout" })
        {
            Assert.Equal(["cookie"], known[id]);
        }

        var schemes = document["components"]!["securitySchemes"]!.AsObject();
        Assert.Equal("importcsv", schemes["cookie"]!["name"]!.GetValue<string>());
        Assert.False(schemes.ContainsKey("bearer"));
    }

    [Fact]
    public async Task In_the_cloud_every_call_is_answered_as_it_says()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var calls = await DescribedCalls.ReadAsync(host);
        using var client = host.Anonymous();
        await calls.CallAsync(client, "signUp", new { email = Newcomer, password = First });
        await calls.CallAsync(client, "confirmAgain", new { email = Newcomer });
        var (user, code) = await host.LinkAsync("/confirm");
        var confirmation = new
        {
            user,
            code,
            password = First,
        };
        await calls.CallAsync(client, "confirmEmail", confirmation);
        await calls.CallAsync(client, "forgotPassword", new { email = Newcomer });
        (user, code) = await host.LinkAsync("/reset");
        var wanted = new { user, password = Second };
        await calls.CallAsync(
            client,
            "resetPassword",
            new
            {
                wanted.user,
                code = "x",
                wanted.password,
            },
            status: 404
        );
        await calls.CallAsync(
            client,
            "resetPassword",
            new
            {
                wanted.user,
                code,
                wanted.password,
            }
        );
        await calls.CallAsync(client, "logIn", new { email = Newcomer, password = First }, status: 401);
        await calls.CallAsync(client, "logIn", new { email = Newcomer, password = Second });

        await BuyAsync(calls, host, client);
        await ImportAsync(calls, client);
        using var admin = await host.SignInAsync("admin@importcsv.test");
        await calls.CallAsync(admin, "listUsers");
        await calls.CallAsync(client, "listUsers", status: 403);
        await LeaveAsync(calls, client);
        Assert.Empty(calls.Missing);
    }

    [Fact]
    public async Task Without_the_cloud_every_call_is_answered_as_it_says()
    {
        await using var host = await ImportCsvHost.StartFreshAsync("--IMPORTCSV_CLOUD=false");
        var calls = await DescribedCalls.ReadAsync(host);
        using var client = host.Anonymous();
        await calls.CallAsync(client, "signUp", new { email = Newcomer, password = Second });
        await calls.CallAsync(client, "logIn", new { email = Newcomer, password = Second });
        await ImportAsync(calls, client);
        await LeaveAsync(calls, client);
        Assert.Empty(calls.Missing);
    }

    private static async Task BuyAsync(DescribedCalls calls, ImportCsvHost host, HttpClient client)
    {
        await calls.CallAsync(client, "listPlans");
        await calls.CallAsync(client, "readSubscription");
        await calls.CallAsync(client, "openPortal", status: 409);
        await calls.CallAsync(client, "startCheckout", new { tier = "gold" }, status: 400);
        var page = await calls.CallAsync(client, "startCheckout", new { tier = "pro" });
        var session = await host.Stripe.PayCheckoutAsync(page!["url"]!.GetValue<string>(), "4242424242424242");
        await calls.CallAsync(client, "completeCheckout", key: $"?session_id={session}");
        await host.BecomesAsync("pro", "active", Newcomer);
        await calls.CallAsync(client, "readSubscription");
        await calls.CallAsync(client, "startCheckout", new { tier = "pro" }, status: 409);
        await calls.CallAsync(client, "openPortal");
        var received = """
            { "id": "evt_described", "object": "event", "type": "invoice.paid", "created": 1790000000,
              "livemode": false, "data": { "object": { "id": "x_1", "object": "x", "customer": "cus_unknown" } } }
            """;
        using var body = new StringContent(received, new MediaTypeHeaderValue("application/json"));
        await calls.CallAsync(client, "receiveEvent", body, header: ("Stripe-Signature", host.Sign(received)));
    }

    private static async Task ImportAsync(DescribedCalls calls, HttpClient client)
    {
        await calls.CallAsync(
            client,
            "addImporter",
            new { name = "Contacts", columns = Array.Empty<int>() },
            "",
            null,
            400
        );
        var importer = await calls.CallAsync(client, "addImporter", Form);
        var key = importer!["key"]!.GetValue<string>();
        await calls.CallAsync(client, "listImporters");
        await calls.CallAsync(client, "readImporter", key: key);
        await calls.CallAsync(client, "readImporter", key: "imp_unknown", status: 404);
        await calls.CallAsync(client, "changeImporter", Form, key);
        await calls.CallAsync(client, "readConfig", key: key);
        await calls.CallAsync(client, "readConfig", key: "imp_unknown", status: 404);

        using var unknown = Upload("imp_unknown");
        await calls.CallAsync(client, "import", unknown, status: 404);
        using var upload = Upload(key);
        var import = await calls.CallAsync(client, "import", upload, header: ("Idempotency-Key", "once"));
        var id = import!["id"]!.GetValue<string>();
        await calls.CallAsync(client, "listImports");
        await calls.CallAsync(client, "readImport", key: id);
        await calls.CallAsync(client, "readImport", key: $"{Guid.Empty}", status: 404);
        await calls.CallAsync(client, "downloadResult", key: id);
        var secret = importer["callback_secret"]!.GetValue<string>();
        await calls.CallAsync(client, "fetchRows", key: $"{key}/{id}", status: 401);
        await calls.CallAsync(client, "fetchRows", key: $"{key}/{id}", header: ("Authorization", $"Bearer {secret}"));
        await calls.CallAsync(client, "callAgain", key: id);
        await calls.CallAsync(client, "callAgain", key: $"{Guid.Empty}", status: 404);
        await calls.CallAsync(client, "deleteImport", key: id);
        await calls.CallAsync(client, "deleteImport", key: id, status: 404);
        await calls.CallAsync(client, "removeImporter", key: key);
    }

    private static async Task LeaveAsync(DescribedCalls calls, HttpClient client)
    {
        await calls.CallAsync(client, "readMe");
        var wrong = new { current_password = First, new_password = First };
        await calls.CallAsync(client, "changePassword", wrong, status: 403);
        var right = new { current_password = Second, new_password = First };
        await calls.CallAsync(client, "changePassword", right);
        await calls.CallAsync(client, "logOut");
        await calls.CallAsync(client, "readMe", status: 401);
        await calls.CallAsync(client, "logIn", new { email = Newcomer, password = First });
        await calls.CallAsync(client, "closeAccount", new { password = Second }, status: 403);
        await calls.CallAsync(client, "closeAccount", new { password = First });
    }

    private static MultipartFormDataContent Upload(string key) =>
        new() { { new StringContent(key), "importer_key" }, { new StringContent(Csv), "file", "people.csv" } };

    private static Microsoft.AspNetCore.Builder.WebApplication Create(string cloud) =>
        ImportCsvApp.Create([
            "--environment=Production",
            $"--IMPORTCSV_CLOUD={cloud}",
            "--ConnectionStrings:Tollgate=Host=nowhere.invalid",
        ]);

    private static List<Endpoint> Routes(IEndpointRouteBuilder app) =>
        [.. app.DataSources.SelectMany(source => source.Endpoints)];

    private static JsonObject Document(IEndpointRouteBuilder app) => ApiDocument.Of(Routes(app), ImportCsvApp.Api);

    private static IEnumerable<JsonNode> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(one => one.Value!);

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
