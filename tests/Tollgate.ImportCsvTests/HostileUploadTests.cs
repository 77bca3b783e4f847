using System.Net.Http.Headers;
using System.Text;

namespace Tollgate.ImportCsvTests;

/// <summary>Uploads that mean harm, over real HTTP: each is refused by name, and nothing of it stays.</summary>
public sealed class HostileUploadTests
{
    private const string Key = "--b\r\nContent-Disposition: form-data; name=\"importer_key\"\r\n\r\nimp_demo\r\n";
    private const string File = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    private const string Csv = "email,name\nada@example.com,Ada\n\r\n";
    private const string Mapping =
        "--b\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n{\"email\":\"email\"}\r\n";
    private const string End = "--b--\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Forms =>
        new()
        {
            { "a part whose headers have no end", $"--b\r\nX-A: {Long('x', 1_000_000)}", "invalid_request" },
            { "a part without a name", $"--b\r\n\r\nx\r\n{Key}{File}{Csv}{End}", "invalid_request" },
            { "a part of another name", $"{Key}{Part("other", "x")}{File}{Csv}{End}", "invalid_request" },
            { "a file before the key", $"{File}{Csv}{Key}{End}", "invalid_request" },
            { "two keys", $"{Key}{Key}{File}{Csv}{End}", "invalid_request" },
            { "two files", $"{Key}{File}{Csv}{File}{Csv}{End}", "invalid_request" },
            { "a mapping behind the file", $"{Key}{File}{Csv}{Mapping}{End}", "invalid_request" },
            { "ten thousand parts", Many(10_000), "invalid_request" },
            { "a mapping of ten megabytes", $"{Key}{Part("mapping", Long('x', 10_000_000))}{End}", "invalid_request" },
            { "a mapping that is no JSON", $"{Key}{Part("mapping", "{")}{File}{Csv}{End}", "mapping_invalid" },
            {
                "a mapping to nothing",
                $"{Key}{Part("mapping", "{\"email\":null}")}{File}{Csv}{End}",
                "mapping_invalid"
            },
            { "a name of a megabyte", $"{Key}{File.Replace("a.csv", Long('n', 1_000_000))}{Csv}", "invalid_request" },
            { "an end in the middle of the file", $"{Key}{File}email,name\nada@exa", "invalid_request" },
            { "an end in the middle of a part", $"{Key[..^20]}", "invalid_request" },
            { "another boundary", $"{Key}{File}{Csv}{End}".Replace("--b", "--c"), "invalid_request" },
            { "nothing at all", "", "invalid_request" },
        };

    [Theory]
    [Trait("abuse", "X36")]
    [MemberData(nameof(Forms))]
    public async Task A_form_full_of_tricks_is_refused_by_name(string trick, string body, string code)
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var answer = await client.PostAsync(new Uri("/api/v1/imports/", UriKind.Relative), content, Token);
        await ImportCsvHost.RefusedAsync(answer, 400, code);
        await Leftovers.NoneAsync(host);
        Assert.NotEmpty(trick);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("multipart/form-data", null, 400, "invalid_request")]
    [InlineData("multipart/form-data; boundary=", null, 400, "invalid_request")]
    [InlineData("multipart/form-data; boundary=b", "gzip", 415, "body_compressed")]
    [InlineData("application/x-www-form-urlencoded", null, 400, "invalid_request")]
    public async Task A_body_that_is_no_plain_form_is_refused_by_name(
        string type,
        string? encoding,
        int status,
        string code
    )
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        using var content = new StringContent($"{Key}{File}{Csv}{End}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await client.PostAsync(new Uri("/api/v1/imports/", UriKind.Relative), content, Token);
        await ImportCsvHost.RefusedAsync(answer, status, code);
        await Leftovers.NoneAsync(host);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData(3_000_000, "line_too_long")]
    [InlineData(1_000, "file_too_large")]
    public async Task A_line_without_end_is_refused_by_name_and_not_waited_for(int mostMegabytes, string code)
    {
        const long Announced = 2_000_000_000_000;
        await using var host = await ImportCsvHost.StartAsync($"--ImportCsv:FileMegabytesMax={mostMegabytes}");
        using var upload = await RawUpload.BeginAsync(host, Announced);
        using var answered = new CancellationTokenSource();
        var pouring = upload.PourAsync(Encoding.UTF8.GetBytes(Long('x', 1 << 16)), Announced, answered.Token);

        var answer = await upload.AnswerAsync();

        await answered.CancelAsync();
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains($"\"{code}\"", answer, StringComparison.Ordinal);
        Assert.InRange(await pouring, 1, Announced / 2);
        await Leftovers.NoneAsync(host);
    }

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_million_columns_are_refused_by_name()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var file = new StringContent(Long(',', 1_000_000));
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(file), 413, "too_many_columns");
        await Leftovers.NoneAsync(host);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData(-1, "an end before the announced one")]
    [InlineData(1, "more than announced")]
    public async Task A_length_that_lies_stores_nothing(int less, string lie)
    {
        await using var host = await ImportCsvHost.StartAsync();
        var form = $"{Key}{File}{Csv}{End}";
        var sent = Key.Length + File.Length + Csv.Length + End.Length;
        using var upload = await RawUpload.BeginAsync(host, sent - 20 * less);
        await upload.SendAsync(form[(Key.Length + File.Length)..]);
        upload.End();
        Assert.DoesNotContain("\"status\":\"completed\"", await upload.AnswerAsync(), StringComparison.Ordinal);
        await Eventually.Async(() => Leftovers.AreNoneAsync(host), ct: Token, what: $"nothing to be left of {lie}");
    }

    /// <summary>Whether we lose patience before the server does, or after it.</summary>
    [Theory]
    [Trait("abuse", "X36")]
    [InlineData(1)]
    [InlineData(299)]
    public async Task Who_stops_sending_is_refused_and_holds_no_unit(int patienceSeconds)
    {
        await using var host = await ImportCsvHost.StartAsync($"--ImportCsv:PatienceSeconds={patienceSeconds}");
        using var upload = await RawUpload.BeginAsync(host, 1_000_000);
        await upload.SendAsync("email,name\nada@example.com,Ada\n");

        var answer = await upload.AnswerAsync();

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("\"upload_too_slow\"", answer, StringComparison.Ordinal);
        await Leftovers.NoneAsync(host);
    }

    private static string Long(char one, int count) => new(one, count);

    private static string Part(string name, string text) =>
        $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n";

    private static string Many(int parts) =>
        string.Concat(Enumerable.Range(0, parts).Select(number => Part($"part{number}", "x"))) + End;
}
