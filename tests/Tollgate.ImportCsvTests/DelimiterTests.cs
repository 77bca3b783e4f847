using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>What a file leaves open is asked, and what was read beyond the rules is reported.</summary>
public sealed class DelimiterTests
{
    private const string Unclear = "ada@x.de;1,50\nbob@x.de;2,75\n";

    private static readonly Dictionary<string, string> ByPlace = new() { ["#0"] = "email", ["#1"] = "name" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(";", ";")]
    [InlineData("\t", "tab")]
    [InlineData("|", "|")]
    public async Task A_file_that_fits_two_delimiters_is_refused_until_the_sender_says_which(string used, string said)
    {
        await using var host = await ImportCsvHost.StartAsync();
        var csv = Unclear.Replace(";", used, StringComparison.Ordinal);
        var problem = await ImportCsvHost.RefusedAsync(
            await host.ImportAsync(csv, mapping: ByPlace, hasHeader: false),
            400,
            "delimiter_unclear"
        );
        Assert.Equal([",", used], problem.GetProperty("delimiters").EnumerateArray().Select(one => one.GetString()!));
        await Leftovers.NoneAsync(host);

        var taken = await host.ImportAsync(csv, mapping: ByPlace, hasHeader: false, delimiter: said);
        Assert.Equal(used, await ReadAsync(host, taken, "ada@x.de,\"1,50\"\r\nbob@x.de,\"2,75\"\r\n"));
    }

    [Fact]
    public async Task An_importer_says_it_for_all_of_its_files_and_an_upload_for_its_own()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        var importer = await owner.GetFromJsonAsync<JsonElement>("/api/v1/importers/imp_demo", Token);
        Assert.Equal(JsonValueKind.Null, importer.GetProperty("delimiter").ValueKind);
        foreach (var (delimiter, status) in new[] { ("x", 400), (";;", 400), (";", 200) })
        {
            var form = new
            {
                name = "Contacts",
                columns = importer.GetProperty("columns"),
                delimiter,
            };
            var changed = await owner.PutAsJsonAsync("/api/v1/importers/imp_demo", form, Token);
            Assert.Equal(status, (int)changed.StatusCode);
        }

        var config = await owner.GetFromJsonAsync<JsonElement>("/api/v1/importers/imp_demo/config", Token);
        Assert.Equal(";", config.GetProperty("delimiter").GetString());
        var taken = await host.ImportAsync(Unclear, mapping: ByPlace, hasHeader: false);
        Assert.Equal(";", await ReadAsync(host, taken, "ada@x.de,\"1,50\"\r\nbob@x.de,\"2,75\"\r\n"));
        var other = await host.ImportAsync("email,name\neve@x.de,Eve;E\n", delimiter: ",");
        Assert.Equal(",", await ReadAsync(host, other, "eve@x.de,Eve;E\r\n"));
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Unclear, delimiter: "::"), 400, "invalid_request");
    }

    [Fact]
    public async Task What_no_CSV_should_have_is_read_and_reported()
    {
        await using var host = await ImportCsvHost.StartAsync();
        const string Csv = "sep=,\r\nemail,name\r\n\"ada@x.de\" ,Ada,,\r\n,\r\n";
        // the same again is answered with the same
        for (var time = 0; time < 2; time++)
        {
            var import = await ImportCsvHost.Json(await host.ImportAsync(Csv, once: "a"));
            Assert.Equal(
                ["3 space_beside_quotes", "4 blank_rows_skipped"],
                import
                    .GetProperty("notes")
                    .EnumerateArray()
                    .Select(note => $"{note.GetProperty("line")} {note.GetProperty("code")}")
            );
            Assert.Equal(",", await ReadAsync(host, import, "ada@x.de,Ada\r\n"));
        }
    }

    [Fact]
    public async Task Headers_are_found_by_all_of_their_letters_marks_and_symbols()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        var form = new
        {
            name = "Prices",
            columns = new[]
            {
                new { key = "c", label = "Caf\u00e9" },
                new { key = "e", label = "\u20ac" },
                new { key = "d", label = "$" },
                new { key = "k", label = "\u0915\u093f" },
            },
        };
        var made = await ImportCsvHost.Json(await owner.PostAsJsonAsync("/api/v1/importers", form, Token));
        var key = made.GetProperty("key").GetString()!;

        // decomposed; no name; the symbol; another vowel
        var taken = await host.ImportAsync("Cafe\u0301,,\u20ac,\u0915\u0940\nx,1,2,3\n", key);

        var id = (await ImportCsvHost.Json(taken)).GetProperty("id").GetGuid();
        var result = await owner.GetStringAsync($"/api/v1/imports/{id}/result", Token);
        Assert.Equal("c,e,d,k\r\nx,2,,\r\n", result);
        await ImportCsvHost.RefusedAsync(
            await host.ImportAsync("caf\u00e9,CAFE\u0301\nx,y\n", key),
            400,
            "mapping_invalid"
        );
    }

    /// <summary>The delimiter that was found; that the result's first two columns are those rows.</summary>
    private static async Task<string?> ReadAsync(ImportCsvHost host, HttpResponseMessage answer, string rows) =>
        await ReadAsync(host, await ImportCsvHost.Json(answer), rows);

    private static async Task<string?> ReadAsync(ImportCsvHost host, JsonElement import, string rows)
    {
        Assert.Equal("completed", import.GetProperty("status").GetString());
        using var owner = await host.SignInAsync();
        var result = await owner.GetStringAsync(import.GetProperty("result_url").GetString(), Token);
        Assert.Equal(rows, string.Concat(result.Split("\r\n")[1..^1].Select(row => $"{row[..^4]}\r\n")));
        return import.GetProperty("detected").GetProperty("delimiter").GetString();
    }
}
