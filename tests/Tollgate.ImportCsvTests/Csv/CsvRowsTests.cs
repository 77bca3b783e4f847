using System.Text;
using ImportCsv.Csv;

namespace Tollgate.ImportCsvTests.Csv;

/// <summary>How bytes become rows, whatever the bytes are.</summary>
public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("a,b\r\n1,2", "a|b", "1|2")]
    [InlineData("a,b\r1,2\r", "a|b", "1|2")]
    [InlineData("a,b\n\n\n1,\n", "a|b", "1|")]
    [InlineData("a,b\n\"x, \"\"y\"\"\nz\",2\n", "a|b", "x, \"y\"\nz|2")]
    [InlineData("a,b\n\"\",2\n", "a|b", "|2")]
    [InlineData("a,b\n5\" pipe,2\n", "a|b", "5\" pipe|2")]
    public async Task Fields_are_read_as_RFC_4180_has_them(string csv, params string[] rows) =>
        Assert.Equal(rows, (await SomeCsv.ReadAsync(csv)).Lines);

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1,5;2\n", ';')]
    [InlineData("a\tb\n1,5\t2\n", '\t')]
    [InlineData("a|b\n\"1,2\"|3\n", '|')]
    [InlineData("name\nLovelace, Ada\nHopper; Grace\n", ',')]
    [InlineData("a;b", ';')]
    public async Task The_delimiter_is_the_one_that_divides_all_rows_alike(string csv, char delimiter) =>
        Assert.Equal(delimiter, (await SomeCsv.ReadAsync(csv)).Delimiter);

    [Fact]
    public async Task A_row_is_known_by_the_line_on_which_it_begins()
    {
        var read = await SomeCsv.ReadAsync("a,b\n\"1\n2\n3\",x\n\nlast,row\n");
        Assert.Equal([1, 2, 6], read.Rows.Select(row => row.Line));
    }

    public static TheoryData<string, bool> Encodings =>
        new()
        {
            { "utf-8", true },
            { "utf-8", false },
            { "utf-16le", true },
            { "utf-16le", false },
            { "utf-16be", true },
            { "utf-16be", false },
            { "windows-1252", false },
        };

    [Theory]
    [Trait("abuse", "X36")]
    [MemberData(nameof(Encodings))]
    public async Task An_encoding_is_found_whether_or_not_it_is_marked(string name, bool isMarked)
    {
        const string Text = "name,city\nJürgen Weiß,Köln\nZoë,Málaga\n";
        var encoding = name switch
        {
            "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
            "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        };
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)];

        var read = await SomeCsv.ReadAsync(bytes);

        Assert.Null(read.Refusal);
        Assert.Equal(name, read.Encoding);
        Assert.Equal(["name|city", "Jürgen Weiß|Köln", "Zoë|Málaga"], read.Lines);
    }

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_western_letter_far_into_the_file_still_shows_the_encoding()
    {
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var text = "name\n" + string.Concat(Enumerable.Repeat("plain\n", 30_000)) + "Zoë\n";
        var read = await SomeCsv.ReadAsync(western.GetBytes(text));
        Assert.Equal("windows-1252", read.Encoding);
        Assert.Equal("Zoë", read.Lines.Last());
    }

    [Fact]
    [Trait("abuse", "X36")]
    public async Task Text_that_stops_being_UTF8_is_refused_with_the_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("name\nZoë\n"), 0xEB, (byte)'\n'];
        var refused = Assert.IsType<CsvMalformed>((await SomeCsv.ReadAsync(bytes)).Refusal);
        Assert.Equal(3, refused.Line);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("a,b\n1,\"open\n2,3\n", 2)]
    [InlineData("a,b\n1,2\n\"x\"y,3\n", 3)]
    public async Task Quotes_that_do_not_close_are_refused_with_the_line(string csv, int line) =>
        Assert.Equal(line, Assert.IsType<CsvMalformed>((await SomeCsv.ReadAsync(csv)).Refusal).Line);

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_null_far_into_the_file_is_refused_with_the_line()
    {
        var csv = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 20_000)) + "1,\0\n";
        Assert.Equal(20_002, Assert.IsType<CsvMalformed>((await SomeCsv.ReadAsync(csv)).Refusal).Line);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("PK\u0003\u0004 a spreadsheet")]
    [InlineData("%PDF-1.7")]
    [InlineData("a,b\n1,\0\n")]
    public async Task What_is_not_text_is_no_CSV(string file) =>
        Assert.IsType<NotCsv>((await SomeCsv.ReadAsync(file)).Refusal);

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_line_without_end_is_refused_after_a_million_characters()
    {
        var endless = new EndlessStream("x"u8.ToArray());
        var rows = new CsvRows(new CsvCharacters(endless));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.IsType<LineTooLong>(rows.Refusal);
        Assert.InRange(endless.Given, 1, 2_000_000);
    }

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_quote_without_end_is_refused_like_a_line_without_end()
    {
        var endless = new EndlessStream("1,2\n"u8.ToArray(), "a,b\n\""u8.ToArray());
        var rows = new CsvRows(new CsvCharacters(endless));
        Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, Assert.IsType<LineTooLong>(rows.Refusal).Line);
    }

    [Fact]
    [Trait("abuse", "X36")]
    public async Task A_million_columns_are_refused_after_a_thousand()
    {
        var endless = new EndlessStream("a,"u8.ToArray());
        var rows = new CsvRows(new CsvCharacters(endless));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
        Assert.IsType<TooManyColumns>(rows.Refusal);
        Assert.InRange(endless.Given, 1, 200_000);
    }

    [Fact]
    public async Task A_file_without_end_is_refused_where_files_have_to_end()
    {
        var rows = new CsvRows(new CsvCharacters(new EndlessStream("1,2\n"u8.ToArray()), mostBytes: 100_000));
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.InRange(rows.Line, 1, 25_001);
        }

        Assert.IsType<FileTooLarge>(rows.Refusal);
    }

    [Fact]
    public async Task However_slowly_it_comes_the_rows_are_the_same()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Pieces[random.Next(Pieces.Length)]))
            );
            char? delimiter = round % 2 == 0 ? ',' : null;
            var whole = await SomeCsv.ReadAsync(bytes, delimiter: delimiter);
            var slow = await SomeCsv.ReadAsync(bytes, random.Next(1, 4), delimiter);
            Assert.Equal(whole.Lines, slow.Lines);
            Assert.Equal(whole.Delimiter, slow.Delimiter);
            Assert.Equal(whole.Refusal?.Detail, slow.Refusal?.Detail);
        }
    }

    private static readonly string[] Pieces = ["a", "ü", "€", ",", "\"", "\"\"", "\n", "\r\n", "\r", ";", " ", "x,y"];
}

/// <summary>The same bytes again and again, and how many of them were taken.</summary>
internal sealed class EndlessStream(byte[] again, byte[]? first = null) : Stream
{
    private readonly byte[] beginning = first ?? [];

    public long Given { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Fill(buffer.Span));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Fill(Span<byte> buffer)
    {
        for (var at = 0; at < buffer.Length; at++)
        {
            var place = Given + at;
            buffer[at] =
                place < beginning.Length ? beginning[place] : again[(int)((place - beginning.Length) % again.Length)];
        }

        Given += buffer.Length;
        return buffer.Length;
    }
}
