using System.Text;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.Imports;

namespace Tollgate.ImportCsvTests.Csv;

/// <summary>Half a million rows pass through in the memory of a few.</summary>
public sealed class FlatMemoryTests
{
    private const int Rows = 500_000;
    private const int BytesMax = 4 * 1024 * 1024;

    private static readonly ImportColumn[] Columns =
    [
        new("name", "Name", Required: true),
        new("seats", "Seats", ColumnType.Integer, Min: 1),
        new("since", "Since", ColumnType.Date),
        new("plan", "Plan", ColumnType.Select, Values: ["free", "pro"]),
    ];

    /// <summary>
    /// All that is ever allocated, which bounds what is held at any moment. The stream answers at once, so it all
    /// happens on one thread.
    /// </summary>
    [Fact]
    public async Task Half_a_million_rows_are_read_and_checked_within_four_megabytes()
    {
        var stream = new EndlessStream(
            "Grace Hopper,12,2026-11-21,pro\n"u8.ToArray(),
            Encoding.UTF8.GetBytes("name,seats,since,plan\n")
        );
        var before = GC.GetAllocatedBytesForCurrentThread();

        var check = CheckAsync(stream);

        Assert.True(check.IsCompletedSuccessfully, "it went on on another thread");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Rows, (await check).ValidRows);
        Assert.InRange(allocated, 0, BytesMax);
    }

    private static async ValueTask<CheckRows> CheckAsync(Stream stream)
    {
        var rows = new CsvRows(new CsvCharacters(stream));
        await rows.ReadAsync(CancellationToken.None);
        string[] header = ["name", "seats", "since", "plan"];
        var plain = ColumnPlan.NamesOf(Columns, header).Distinct().ToDictionary(name => name, PlainNames.Plain);
        var plan = ColumnPlan.Of(Columns, header, hasHeader: true, mapping: null, plain);
        var check = new CheckRows(Columns, plan.Value!);
        while (check.Rows < Rows && await rows.ReadAsync(CancellationToken.None))
        {
            check.Check(rows);
        }

        return check;
    }
}
