using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>Uploads over HTTP: what is taken, what is refused, and that a refusal leaves nothing behind.</summary>
public sealed class ImportTests
{
    private const string Good = "email,name\nada@example.com,Ada\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bad_rows_are_listed_with_their_lines_and_good_ones_are_taken()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        const string Csv =
            "E-mail;Name;Seats;Plan\nada@x.de;Ada;3;pro\n\"b@x.de\";\"Grace\n\"\"H\"\"\";x;gold\n"
            + "ada@x.de;Twice;1;\nshort\n";

        var import = await ImportCsvHost.Json(await host.ImportAsync(Csv));

        Assert.Equal("completed_with_errors", import.GetProperty("status").GetString());
        Assert.Equal(4, import.GetProperty("rows").GetInt32());
        Assert.Equal(1, import.GetProperty("valid_rows").GetInt32());
        Assert.Equal(";", import.GetProperty("detected").GetProperty("delimiter").GetString());
        Assert.Equal(
            ["3 seats not_an_integer", "3 plan not_in_list", "5 email duplicate_value", "6  too_few_fields"],
            import
                .GetProperty("errors")
                .EnumerateArray()
                .Select(error =>
                    $"{error.GetProperty("line")} {error.GetProperty("column")} {error.GetProperty("code")}"
                )
        );
        var result = await client.GetStringAsync(import.GetProperty("result_url").GetString(), Token);
        Assert.Equal("email,name,company,seats,since,plan\r\nada@x.de,Ada,,3,,pro\r\n", result);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_import_and_counts_once()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var first = await ImportCsvHost.Json(await host.ImportAsync(Good, once: "a"));
        var second = await ImportCsvHost.Json(await host.ImportAsync(Good, once: "a"));
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(1, await Leftovers.UsedAsync(host));
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
    }

    [Theory]
    [InlineData("email,name\neve@example.com,Eve\n", true)]
    [InlineData("email,name\nada@example.com,Ada\n\n", true)]
    [InlineData(Good, false)]
    public async Task The_same_key_with_something_else_is_refused_and_changes_nothing(string csv, bool hasHeader)
    {
        await using var host = await ImportCsvHost.StartAsync();
        var mapping = new Dictionary<string, string> { ["#0"] = "email", ["#1"] = "name" };
        var first = await host.ImportAsync(Good, once: "a", mapping: mapping);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await ImportCsvHost.RefusedAsync(
            await host.ImportAsync(csv, once: "a", mapping: mapping, hasHeader: hasHeader),
            422,
            "idempotency_key_reused"
        );
        Assert.Equal(1, await Leftovers.UsedAsync(host));
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        var again = await ImportCsvHost.Json(await host.ImportAsync(Good, once: "a", mapping: mapping));
        Assert.Equal((await ImportCsvHost.Json(first)).GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_file_over_the_row_limit_is_refused_stores_nothing_and_is_not_counted()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var csv = new StringBuilder("email,name\n");
        for (var row = 0; row <= 10_000; row++)
        {
            csv.Append("p").Append(row).Append("@example.com,P\n");
        }

        var refused = await ImportCsvHost.RefusedAsync(
            await host.ImportAsync(csv.ToString()),
            402,
            "row_limit_exceeded"
        );

        Assert.Equal(10_000, refused.GetProperty("limit").GetInt32());
        Assert.Equal(10_001, refused.GetProperty("used").GetInt32());
        Assert.Equal("free", refused.GetProperty("tier").GetString());
        await Leftovers.NoneAsync(host);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("email,name\n1,\"open\n", 400, "csv_malformed")]
    [InlineData("", 400, "csv_malformed")]
    [InlineData("other,columns\n1,2\n", 400, "mapping_invalid")]
    [InlineData("a,b\n1,\0\n", 415, "not_csv")]
    [InlineData("PK\u0003\u0004", 415, "not_csv")]
    public async Task A_file_that_is_no_good_is_refused_by_name(string csv, int status, string code)
    {
        await using var host = await ImportCsvHost.StartAsync();
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(csv), status, code);
        await Leftovers.NoneAsync(host);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("x@example.com,\"never closed\n")]
    [InlineData("x@example.com,\0\n")]
    [InlineData("x@example.com,\u00eb\n")]
    public async Task What_breaks_in_the_middle_takes_back_its_rows_and_leaves_those_of_others(string end)
    {
        await using var host = await ImportCsvHost.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good)).StatusCode);
        var csv = new StringBuilder("email,name\n");
        for (var row = 0; row < 5000; row++)
        {
            csv.Append("p").Append(row).Append("@example.com,Zoë\n");
        }

        using var file = new ByteArrayContent([.. Encoding.UTF8.GetBytes($"{csv}"), .. Encoding.Latin1.GetBytes(end)]);
        var refused = await ImportCsvHost.RefusedAsync(await host.ImportAsync(file), 400, "csv_malformed");

        Assert.Equal(5002, refused.GetProperty("line").GetInt32());
        Assert.Equal(1, await Leftovers.UsedAsync(host));
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        Assert.Equal(1L, await Leftovers.ImportsAsync(host));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_by_name()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:FileMegabytesMax=1");
        var rows = "email,name\n" + string.Concat(Enumerable.Repeat("ada@example.com,Ada\n", 70_000));
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(rows), 413, "file_too_large");
        await Leftovers.NoneAsync(host);
    }

    [Fact]
    public async Task A_compressed_body_is_not_unpacked()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var file = new ByteArrayContent([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        file.Headers.ContentEncoding.Add("gzip");
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(file), 415, "not_csv");
    }

    [Fact]
    public async Task A_form_without_a_file_or_with_another_importer_is_refused()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Good, key: "imp_nobody"), 404, "importer_not_found");
        using var client = host.Anonymous();
        using var form = new MultipartFormDataContent { { new StringContent("imp_demo"), "importer_key" } };
        await ImportCsvHost.RefusedAsync(
            await client.PostAsync(new Uri("/api/v1/imports/", UriKind.Relative), form, Token),
            400,
            "file_missing"
        );
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/v1/imports/", new { importer_key = "imp_demo" }, Token),
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task A_new_month_starts_the_count_again()
    {
        await using var host = await ImportCsvHost.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good)).StatusCode);
        await host.RunAsync("UPDATE billing.meters SET used = 100");
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Good), 402, "import_limit_reached");

        var now = host.Sandbox.Clock.GetUtcNow();
        var next = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        await host.Sandbox.AdvanceAsync(next - now, Token);

        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good)).StatusCode);
        Assert.Equal(1, await Leftovers.UsedAsync(host));
        Assert.Equal(2L, await host.QueryAsync<long>("SELECT count(*) FROM public.usage_records"));
    }

    [Fact]
    public async Task The_hourly_reset_writes_down_the_new_month()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await host.ImportAsync(Good);
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(70), Token);
        await Eventually.Async(
            async () => await Leftovers.UsedAsync(host) == 0,
            ct: Token,
            what: "the counter to start again"
        );

        var now = host.Sandbox.Clock.GetUtcNow();
        Assert.Equal(
            new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1),
            await host.QueryAsync<DateTime>("SELECT window_ends_at FROM billing.meters")
        );
    }

    [Fact]
    public async Task Imports_are_listed_fifty_at_a_time_the_latest_first()
    {
        await using var host = await ImportCsvHost.StartAsync();
        for (var import = 0; import < 51; import++)
        {
            Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
        }

        using var owner = await host.SignInAsync();
        var latest = await owner.GetFromJsonAsync<JsonElement>("/api/v1/imports", Token);
        var next = latest.GetProperty("next").GetGuid();
        var oldest = await owner.GetFromJsonAsync<JsonElement>($"/api/v1/imports?before={next}", Token);
        Assert.Equal(50, latest.GetProperty("imports").GetArrayLength());
        Assert.Equal(1, oldest.GetProperty("imports").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, oldest.GetProperty("next").ValueKind);
        Assert.Equal(
            await host.QueryAsync<Guid>("SELECT id FROM importcsv.imports ORDER BY id LIMIT 1"),
            oldest.GetProperty("imports")[0].GetProperty("id").GetGuid()
        );
    }

    [Fact]
    public async Task A_user_sees_only_their_own_importers_and_imports()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var id = (await ImportCsvHost.Json(await host.ImportAsync(Good))).GetProperty("id").GetGuid();
        using var other = await host.SignInAsync("admin@importcsv.test");
        foreach (var path in new[] { $"imports/{id}", $"imports/{id}/result", "importers/imp_demo" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1/{path}", Token)).StatusCode);
        }

        await ImportCsvHost.RefusedAsync(
            await other.DeleteAsync("/api/v1/importers/imp_demo", Token),
            404,
            "importer_not_found"
        );
        var listed = await other.GetFromJsonAsync<JsonElement>("/api/v1/imports", Token);
        Assert.Empty(listed.GetProperty("imports").EnumerateArray());
        using var nobody = host.Anonymous();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await nobody.GetAsync($"/api/v1/imports/{id}/result", Token)).StatusCode
        );
    }
}
