using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImportCsv.Importers;

namespace Tollgate.ImportCsvTests;

/// <summary>Importers: what their owner says of them, and what an embedding page gets.</summary>
public sealed class ImporterTests
{
    private const string Page = "https://shop.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("abuse", "X34")]
    public async Task A_page_of_another_origin_is_refused_with_the_key_and_one_that_is_listed_is_not()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        var made = await client.PostAsJsonAsync("/api/v1/importers", WalkTests.Contacts, Token);
        var key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;

        var listed = await ConfigAsync(host, key, Page);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal([Page], listed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(listed.Headers.Contains("Access-Control-Allow-Credentials"));
        await ImportCsvHost.RefusedAsync(
            await ConfigAsync(host, key, "https://evil.example"),
            403,
            "origin_not_allowed"
        );
        await ImportCsvHost.RefusedAsync(await ConfigAsync(host, key, "null"), 403, "origin_not_allowed");
        await ImportCsvHost.RefusedAsync(
            await host.ImportAsync("email\na@b.de\n", key, origin: "https://evil.example"),
            403,
            "origin_not_allowed"
        );
        var imported = await host.ImportAsync("email\na@b.de\n", key, origin: Page);
        Assert.Equal(HttpStatusCode.Created, imported.StatusCode);
        Assert.Equal([Page], imported.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://münchen.example", "https://xn--mnchen-3ya.example")]
    [InlineData("HTTPS://Shop.Example:443/", "https://shop.example")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    public void An_origin_is_kept_as_browsers_send_it(string typed, string sent) =>
        Assert.Equal(sent, EmbeddingOrigin.Read(typed));

    [Fact]
    public async Task On_ones_own_server_its_own_pages_may_use_an_importer_whatever_the_server_is_called()
    {
        await using var host = await ImportCsvHost.StartAsync("--Tollgate:AppUrl=https://elsewhere.example");
        var answer = await ConfigAsync(host, ImportCsvHost.DemoKey, host.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{ "name": "A", "columns": [null] }""")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "type": "select", "values": [null] }] }""")]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A", "type": "select", "values": ["\u0000"] }] }"""
    )]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "example": "\u0000" }] }""")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "allowed_origins": [null] }""")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "callback_url": "https://a.b/\u0000" }""")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "pattern": "(?:.*x.{0,200}){6}b" }] }""")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "pattern": "(a{40,}){50}" }] }""")]
    public async Task An_importer_that_cannot_be_is_refused_and_never_an_error_of_ours(string form)
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        using var body = new StringContent(form, mediaType: new("application/json"));
        await ImportCsvHost.RefusedAsync(
            await client.PostAsync("/api/v1/importers", body, Token),
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_though_it_comes_in_chunks()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        client.DefaultRequestHeaders.TransferEncodingChunked = true;
        var form = new
        {
            name = "A",
            columns = new[] { new { key = "a", label = "A" } },
            custom_css = new string(' ', 1 << 20),
        };
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/v1/importers", form, Token),
            400,
            "invalid_request"
        );
    }

    [Fact]
    [Trait("abuse", "X34")]
    public async Task An_unknown_key_is_404_and_too_many_calls_are_429()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:CallsPerMinute=2");
        await ImportCsvHost.RefusedAsync(await ConfigAsync(host, "imp_nobody", Page), 404, "importer_not_found");
        await ImportCsvHost.RefusedAsync(await ConfigAsync(host, "imp_other", Page), 404, "importer_not_found");
        await ImportCsvHost.RefusedAsync(await ConfigAsync(host, "imp_third", Page), 429, "too_many_calls");
    }

    [Fact]
    [Trait("abuse", "X34")]
    public async Task A_key_that_was_read_off_a_page_burns_only_so_much_a_minute_and_the_page_can_read_why()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:ImportsPerMinute=1");
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
        await ImportCsvHost.RefusedAsync(await host.ImportAsync("email,name\na@b.de,A\n"), 429, "too_many_calls");
        Assert.Equal(1, await host.QueryAsync<int>("SELECT used FROM billing.meters"));

        await using var busy = await ImportCsvHost.StartAsync("--ImportCsv:CallsPerMinute=1");
        await ConfigAsync(busy, ImportCsvHost.DemoKey, Page);
        var refused = await ConfigAsync(busy, ImportCsvHost.DemoKey, Page);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal([Page], refused.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "20010DB800010002")]
    [InlineData("2001:db8:1:2:ffff::9", "20010DB800010002")]
    public void Whoever_has_a_network_of_IPv6_counts_once(string address, string network) =>
        Assert.Equal(network, PublicRates.Network(IPAddress.Parse(address)));

    [Fact]
    public async Task A_browser_may_ask_first()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/imports/");
        request.Headers.Add("Origin", Page);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "idempotency-key");
        var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains(
            "idempotency-key",
            answer.Headers.GetValues("Access-Control-Allow-Headers").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Badge_and_CSS_are_the_importers_own_on_a_paid_plan_only()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        var styled = new
        {
            name = "Contacts",
            columns = new[] { new { key = "email", label = "E-mail" } },
            show_badge = false,
            custom_css = ".button{color:red}",
        };
        var made = await client.PostAsJsonAsync("/api/v1/importers", styled, Token);
        var key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;

        var free = await ImportCsvHost.Json(await ConfigAsync(host, key, origin: null));
        Assert.True(free.GetProperty("showBranding").GetBoolean());
        Assert.Equal(JsonValueKind.Null, free.GetProperty("custom_css").ValueKind);
        Assert.Equal(10_000, free.GetProperty("limits").GetProperty("rows_per_import").GetInt32());

        await host.BuyAsync(client, "pro");
        var paid = await ImportCsvHost.Json(await ConfigAsync(host, key, origin: null));
        Assert.False(paid.GetProperty("showBranding").GetBoolean());
        Assert.Equal(".button { color: red; }\n", paid.GetProperty("custom_css").GetString());
        Assert.Equal("pro", paid.GetProperty("tier").GetString());
        Assert.Equal(100_000, paid.GetProperty("limits").GetProperty("rows_per_import").GetInt32());
    }

    [Fact]
    public async Task An_importer_is_changed_and_removed_and_what_it_imported_stays_counted()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.ImportAsync("email,name\na@b.de,A\n");
        var changed = await client.PutAsJsonAsync("/api/v1/importers/imp_demo", WalkTests.Contacts, Token);
        Assert.Equal(Page, (await ImportCsvHost.Json(changed)).GetProperty("allowed_origins")[0].GetString());

        Assert.Equal(
            HttpStatusCode.NoContent,
            (await client.DeleteAsync("/api/v1/importers/imp_demo", Token)).StatusCode
        );
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT coalesce(sum(rows), 0) FROM importcsv.import_pieces"));
        Assert.Equal(1, await host.QueryAsync<int>("SELECT imports FROM public.usage_records"));
    }

    [Theory]
    [InlineData("""{ "name": "", "columns": [{ "key": "a", "label": "A" }] }""", "invalid_request")]
    [InlineData("""{ "name": "A", "columns": [] }""", "invalid_request")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "A B", "label": "A" }] }""", "invalid_request")]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A" }, { "key": "a", "label": "B" }] }""",
        "invalid_request"
    )]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "type": "select" }] }""", "invalid_request")]
    [InlineData("""{ "name": "A", "columns": [{ "key": "a", "label": "A", "pattern": "(" }] }""", "invalid_request")]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A", "pattern": "(a)\\1" }] }""",
        "invalid_request"
    )]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "allowed_origins": ["https://a.example/x"] }""",
        "invalid_request"
    )]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "callback_url": "http://a.example" }""",
        "invalid_request"
    )]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "custom_css": "@import 'x'" }""",
        "css_not_allowed"
    )]
    [InlineData(
        """{ "name": "A", "columns": [{ "key": "a", "label": "A" }], "user_id": "somebody" }""",
        "invalid_request"
    )]
    public async Task An_importer_that_cannot_be_is_refused(string form, string code)
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        using var body = new StringContent(form, System.Text.Encoding.UTF8, "application/json");
        await ImportCsvHost.RefusedAsync(
            await client.PostAsync(new Uri("/api/v1/importers", UriKind.Relative), body, Token),
            400,
            code
        );
    }

    private static async Task<HttpResponseMessage> ConfigAsync(ImportCsvHost host, string key, string? origin)
    {
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/importers/{key}/config");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request, Token);
    }
}
