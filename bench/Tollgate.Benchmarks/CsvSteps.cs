using System.Text;
using BenchmarkDotNet.Attributes;
using ImportCsv.Csv;

namespace Tollgate.Benchmarks;

/// <summary>One row of a file that ImportCSV reads, of six columns and 140 bytes.</summary>
[MemoryDiagnoser]
public class CsvSteps
{
    private const int Rows = 10_000;

    private readonly byte[] file = Encoding.UTF8.GetBytes(
        string.Concat(
            Enumerable
                .Range(0, Rows)
                .Select(i =>
                    $"{i},person{i}@example.test,Person Number {i},\"Street {i}, House 7, Town\",2026-11-01,"
                    + "a note that somebody wrote about this person some time ago\n"
                )
        )
    );

    [Benchmark(OperationsPerInvoke = Rows)]
    public async Task<int> Row()
    {
        using var bytes = new MemoryStream(file);
        var rows = new CsvRows(new CsvCharacters(bytes));
        var length = 0;
        while (await rows.ReadAsync(CancellationToken.None))
        {
            for (var field = 0; field < rows.Count; field++)
            {
                length += rows[field].Length;
            }
        }

        return length;
    }
}
