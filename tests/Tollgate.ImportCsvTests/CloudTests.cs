using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ImportCsv;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Hosting;
using Tollgate.Sandbox;
using Tollgate.Settings;

namespace Tollgate.ImportCsvTests;

/// <summary>The cloud switch: with it there is billing, without it there is none of it.</summary>
public sealed class CloudTests
{
    private const string Off = "--IMPORTCSV_CLOUD=false";

    /// <summary>A thousand copies of the import that is there.</summary>
    private const string MoreImportsOfThisMonth = """
        INSERT INTO importcsv.imports
        SELECT (jsonb_populate_record(known, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', n))).*
        FROM importcsv.imports known, generate_series(1, 1000) n
        """;

    private static readonly string[] Everywhere =
    [
        "/",
        "/api/auth/login",
        "/api/auth/logout",
        "/api/auth/sign-up",
        "/api/demo",
        "/api/me/",
        "/api/me/close",
        "/api/me/password",
        "/api/v1/importers/",
        "/api/v1/importers/{key}",
        "/api/v1/importers/{key}/config/",
        "/api/v1/importers/{key}/imports/{id:guid}/result",
        "/api/v1/imports/",
        "/api/v1/imports/{id:guid}",
        "/api/v1/imports/{id:guid}/callback",
        "/api/v1/imports/{id:guid}/result",
        "/docs/api/favicon.svg",
        "/docs/api/scalar.aspnetcore.js",
        "/docs/api/scalar.js",
        "/docs/api/{documentName?}",
        "/edition.js",
        "/health/live",
        "/health/ready",
        "/importer",
        "/importer.js",
        "/imports",
        "/openapi/v1.json",
        "/settings/account",
        "/sign-in",
        "/sign-up",
        "/tollgate/pages.js",
    ];

    private static readonly string[] InTheCloud =
    [
        "/admin",
        "/api/auth/confirm/",
        "/api/auth/confirm/again",
        "/api/auth/forgot",
        "/api/auth/reset",
        "/api/v1/admin/users",
        "/api/v1/billing/checkout",
        "/api/v1/billing/plans",
        "/api/v1/billing/portal",
        "/api/v1/billing/subscription",
        "/api/v1/billing/success",
        "/api/v1/webhooks/stripe",
        "/billing/success",
        "/confirm",
        "/dev/gallery",
        "/dev/gallery/gallery.js",
        "/dev/gallery/states",
        "/dev/mailbox",
        "/dev/mailbox/{id:long}",
        "/dev/mailbox/{id:long}/html",
        "/forgot",
        "/reset",
        "/settings/billing",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cloud_has_these_routes_and_no_others()
    {
        await using var host = await ImportCsvHost.StartAsync();
        Assert.Equal([.. Everywhere.Concat(InTheCloud).Order(StringComparer.Ordinal)], Routes(host));
    }

    [Fact]
    public async Task Without_the_cloud_there_is_no_route_of_billing_and_no_tracking()
    {
        await using var host = await ImportCsvHost.StartFreshAsync(Off);
        Assert.Equal([.. Everywhere.Order(StringComparer.Ordinal)], Routes(host));
        using var client = await host.SignInAsync();
        foreach (var path in InTheCloud.Where(path => !path.Contains('{', StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, Token)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(path, content: null, Token)).StatusCode);
        }

        for (var import = 0; import < 3; import++)
        {
            Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
        }

        var config = await client.GetFromJsonAsync<JsonElement>("/api/v1/importers/imp_demo/config", Token);
        Assert.False(config.GetProperty("showBranding").GetBoolean());
        Assert.Equal(
            JsonValueKind.Null,
            config.GetProperty("limits").GetProperty("imports").GetProperty("limit").ValueKind
        );
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM importcsv.usage_records"));
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM billing.meters"));
    }

    [Fact]
    public async Task Switched_off_every_billing_route_that_acts_answers_503_and_every_one_that_reads_200()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        await host.Service<SetBillingSwitch>().RunAsync(isOn: false, "a test", "sam", Token);
        var routes = host
            .App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.Contains("api/v1/billing/", StringComparison.Ordinal))
            .ToList();

        foreach (
            var route in routes.Where(route =>
                !route.RoutePattern.RawText!.EndsWith("success", StringComparison.Ordinal)
            )
        )
        {
            var path = $"/{route.RoutePattern.RawText!.TrimStart('/')}";
            var isRead = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET");
            using var answer = isRead
                ? await client.GetAsync(path, Token)
                : await client.PostAsJsonAsync(path, new { tier = "business" }, Token);
            Assert.Equal((path, isRead ? 200 : 503), (path, (int)answer.StatusCode));
            if (!isRead)
            {
                await ImportCsvHost.RefusedAsync(answer, 503, "billing_disabled");
            }
        }

        Assert.Equal(5, routes.Count);
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
    }

    /// <summary>More than any plan of the cloud takes, of rows and of imports.</summary>
    [Fact]
    public async Task Without_the_cloud_nothing_is_limited()
    {
        await using var host = await ImportCsvHost.StartFreshAsync(Off);
        var csv = new StringBuilder("email,name\n");
        for (var row = 0; row < 150_000; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"p{row}@example.com,P\n");
        }

        var import = await ImportCsvHost.Json(await host.ImportAsync(csv.ToString()));
        Assert.Equal("completed", import.GetProperty("status").GetString());
        Assert.Equal(150_000, import.GetProperty("valid_rows").GetInt32());
        Assert.Equal(150_000L, await host.QueryAsync<long>("SELECT sum(rows) FROM importcsv.import_pieces"));

        await host.RunAsync(MoreImportsOfThisMonth);
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
        using var owner = await host.SignInAsync();
        var config = await owner.GetFromJsonAsync<JsonElement>("/api/v1/importers/imp_demo/config", Token);
        Assert.True(config.GetProperty("can_import").GetBoolean());
        Assert.Equal(JsonValueKind.Null, config.GetProperty("limits").GetProperty("rows_per_import").ValueKind);
    }

    [Theory]
    [InlineData("--IMPORTCSV_CLOUD=true")]
    [InlineData(Off)]
    public async Task Every_script_style_and_picture_that_a_page_names_is_served(string cloud)
    {
        await using var host = await ImportCsvHost.StartFreshAsync(cloud);

        Assert.Empty(await host.MissingFilesAsync());
    }

    [Fact]
    public async Task Without_the_cloud_a_user_signs_in_at_once()
    {
        await using var host = await ImportCsvHost.StartFreshAsync(Off);
        using var client = host.Anonymous();
        var credentials = new { email = "new@example.com", password = "long-enough-words" };
        var signedUp = await client.PostAsJsonAsync("/api/auth/sign-up", credentials, Token);
        Assert.False((await ImportCsvHost.Json(signedUp)).GetProperty("confirmation_sent").GetBoolean());
        using var signedIn = await host.SignInAsync(credentials.email, credentials.password);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/api/v1/importers", Token)).StatusCode);
    }

    [Theory]
    [InlineData("--IMPORTCSV_CLOUD=true")]
    [InlineData(Off)]
    public async Task No_page_is_served_under_the_name_of_its_file(string cloud)
    {
        await using var host = await ImportCsvHost.StartFreshAsync(cloud);
        using var client = await host.SignInAsync();
        var files = Directory.EnumerateFiles(host.App.Environment.WebRootPath, "*.html").Select(Path.GetFileName);
        foreach (var file in files.SelectMany(file => new[] { file!, file!.ToUpperInvariant() }))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/{file}", Token)).StatusCode);
        }
    }

    [Fact]
    public async Task Without_the_cloud_a_database_is_all_that_production_needs()
    {
        await using var host = await ImportCsvHost.StartFreshAsync("--environment=Production", Off);
        using var client = host.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Token)).StatusCode);
        var credentials = new { email = "new@example.com", password = "long-enough-words" };
        Assert.True((await client.PostAsJsonAsync("/api/auth/sign-up", credentials, Token)).IsSuccessStatusCode);
        using var signedIn = await host.SignInAsync(credentials.email, credentials.password);
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/api/v1/importers", Token)).StatusCode);
    }

    [Theory]
    [Trait("decision", "F1")]
    [InlineData("yes")]
    [InlineData("True")]
    [InlineData("0")]
    public async Task A_switch_that_is_neither_true_nor_false_stops_the_start(string value)
    {
        await using var app = ImportCsvApp.Create(["--environment=Production", $"--IMPORTCSV_CLOUD={value}"]);

        var stopped = await Assert.ThrowsAsync<StartupException>(() => app.StartTollgateAsync(Token));

        Assert.Contains("IMPORTCSV_CLOUD must look like true or false", stopped.Message, StringComparison.Ordinal);
        // as if it were the cloud, so that all of it is reported at once
        Assert.Contains("STRIPE_SECRET_KEY is not set", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__Tollgate is not set", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_of_its_own_settings_is_reported_together()
    {
        await using var app = ImportCsvApp.Create([
            "--environment=Production",
            Off,
            "--ConnectionStrings:Tollgate=Host=nowhere.invalid",
            "--ImportCsv:PatienceSeconds=300",
            "--ImportCsv:KeepDays=soon",
            "--ImportCsv:ImportsAtOnce=0",
        ]);

        var stopped = await Assert.ThrowsAsync<StartupException>(() => app.StartTollgateAsync(Token));

        Assert.Equal(
            ["3", "ImportCsv__ImportsAtOnce", "ImportCsv__PatienceSeconds", "ImportCsv__KeepDays"],
            stopped.Message.Split('\n').Select(line => line.Trim().Split(' ')[0])
        );
        Assert.DoesNotContain("soon", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_needs_the_key_of_Stripe_alone()
    {
        await using var stripe = await SandboxServer.StartAsync(cancellationToken: Token);
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["STRIPE_SECRET_KEY"] = "sk_test_of_an_empty_account",
            ["STRIPE_API_BASE"] = stripe.BaseAddress.AbsoluteUri,
        };
        string[] typed = ["setup", "--yes", "--webhook-url", "https://api.importcsv.test/api/v1/webhooks/stripe"];
        await using var setup = ProductProcess.Type("ImportCsv", environment, typed);

        Assert.True(await setup.ExitCodeAsync() == 0, setup.Errors);
        Assert.Contains("STRIPE_PRO_MONTHLY_PRICE_ID=price_", setup.Output, StringComparison.Ordinal);
        Assert.Contains("STRIPE_PORTAL_CONFIG_ID=bpc_", setup.Output, StringComparison.Ordinal);
        Assert.Empty(setup.Errors);
    }

    private static string[] Routes(ImportCsvHost host) =>
        [
            .. host
                .App.Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
