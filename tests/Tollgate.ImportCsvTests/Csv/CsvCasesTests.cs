using System.Text;
using System.Text.Json;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.Imports;

namespace Tollgate.ImportCsvTests.Csv;

/// <summary>The page reads files by the same rules: its tests go through the same cases.</summary>
public sealed class CsvCasesTests
{
    private static readonly JsonElement Cases = ReadCases();

    public static TheoryData<string> Files =>
        [.. Cases.GetProperty("files").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    public static TheoryData<string, string, bool> Names =>
        new(
            Cases
                .GetProperty("names")
                .EnumerateArray()
                .Select(one => (Text(one, "one"), Text(one, "other"), one.GetProperty("same").GetBoolean()))
        );

    public static TheoryData<string, string> Values =>
        new(Cases.GetProperty("values").EnumerateArray().Select(one => (one[0].GetString()!, one[1].GetString()!)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_read_as_the_page_reads_it(string name)
    {
        var one = Cases.GetProperty("files").EnumerateArray().Single(file => Text(file, "name") == name);
        char? given = one.TryGetProperty("given", out var said) ? said.GetString()![0] : null;

        var read = await SomeCsv.ReadAsync(BytesOf(one), atOnce: 7, given);

        if (one.TryGetProperty("unclear", out var unclear))
        {
            var refused = Assert.IsType<DelimiterUnclear>(read.Refusal);
            Assert.Equal(TextsOf(unclear), refused.Candidates.Select(candidate => candidate.ToString()));
        }
        else if (one.TryGetProperty("refused", out var code))
        {
            // an empty file is refused by whoever reads it
            Assert.Equal(code.GetString(), read.Refusal?.Code ?? (read.Rows.Count == 0 ? "empty" : null));
            Assert.Equal(one.TryGetProperty("line", out var line) ? line.GetInt32() : null, LineOf(read.Refusal));
        }
        else
        {
            Assert.Null(read.Refusal);
            Assert.Equal(Text(one, "delimiter"), $"{read.Delimiter}");
            Assert.Equal(NotesOf(one), read.Notes.Select(note => (note.Code, note.Line)));
            if (one.TryGetProperty("rows", out var rows))
            {
                Assert.Equal(rows.EnumerateArray().Select(TextsOf), read.Rows.Select(row => row.Fields));
            }

            if (one.TryGetProperty("lines", out var lines))
            {
                Assert.Equal(lines.EnumerateArray().Select(line => line.GetInt32()), read.Rows.Select(row => row.Line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Names_are_one_as_the_page_has_it(string one, string other, bool same)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        var plain = await new PlainNames(source).ReadAsync([one, other], Token);
        Assert.Equal(same, plain[one] != "" && plain[one] == plain[other]);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Space_around_a_value_is_what_the_page_calls_space(string value, string without) =>
        Assert.Equal(without, Blank.Trim(value).ToString());

    [Fact]
    public async Task Rows_have_as_many_fields_as_the_first_and_empty_ones_at_the_end()
    {
        var shapes = Cases.GetProperty("shapes");
        ImportColumn[] columns = [new("a", "a"), new("b", "b")];
        var rows = new CsvRows(new CsvCharacters(new MemoryStream(Encoding.UTF8.GetBytes(Text(shapes, "text")))));
        await rows.ReadAsync(Token);
        var check = new CheckRows(columns, new ColumnPlan([0, 1], 2));
        while (await rows.ReadAsync(Token))
        {
            check.Check(rows);
        }

        Assert.Equal(
            shapes.GetProperty("faults").EnumerateArray().Select(one => (one[0].GetInt32(), one[1].GetString()!)),
            check.Errors.Select(error => (error.Line, error.Code))
        );
    }

    private static byte[] BytesOf(JsonElement one) =>
        (one.TryGetProperty("encoding", out var named) ? named.GetString() : null) switch
        {
            "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Text(one, "text")),
            "utf-16le" => Encoding.Unicode.GetBytes(Text(one, "text")),
            _ => Encoding.UTF8.GetBytes(Text(one, "text")),
        };

    private static IEnumerable<(string, int)> NotesOf(JsonElement one) =>
        one.TryGetProperty("notes", out var notes)
            ? notes.EnumerateObject().Select(note => (note.Name, note.Value.GetInt32()))
            : [];

    private static int? LineOf(Refusal? refusal) => (refusal as CsvMalformed)?.Line;

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static string[] TextsOf(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];

    private static JsonElement ReadCases()
    {
        using var file = typeof(CsvCasesTests).Assembly.GetManifestResourceStream("csv-cases.json")!;
        using var cases = JsonDocument.Parse(file);
        return cases.RootElement.Clone();
    }
}
