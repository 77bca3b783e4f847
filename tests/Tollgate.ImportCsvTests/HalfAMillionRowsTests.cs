using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>
/// The largest import of the largest plan through the whole host. Memory is that of the process, so nothing else runs
/// beside.
/// </summary>
[Collection(nameof(HalfAMillionRowsTests))]
[CollectionDefinition(nameof(HalfAMillionRowsTests), DisableParallelization = true)]
public sealed class HalfAMillionRowsTests
{
    private const int Rows = 500_000;
    private const int Early = 50_000;
    private const int Late = 450_000;
    private const int BytesOfAUniqueValue = 12;
    private const int BytesMax = 4 * 1024 * 1024;

    /// <summary>The sender's are counted, too, and a build without optimization has more.</summary>
    private const int AllocatedPerRowMax = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_stays_flat_while_they_are_stored_and_a_thousand_cost_one_statement()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "business");
        var made = await client.PostAsJsonAsync("/api/v1/importers", ContactFile.Importer, Token);
        var key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;
        var statements = 0;
        using var listener = Statements(() => Interlocked.Increment(ref statements));
        (long Held, long Allocated) early = default;
        (long Held, long Allocated) late = default;
        using var file = new ContactFile(
            Rows,
            row =>
            {
                early = row == Early ? Memory() : early;
                late = row == Late ? Memory() : late;
                return Task.CompletedTask;
            }
        );

        var import = await ImportCsvHost.Json(await host.ImportAsync(file, key));

        Assert.Equal(Rows, import.GetProperty("valid_rows").GetInt32());
        Assert.InRange(late.Held - early.Held, long.MinValue, BytesMax + (Late - Early) * BytesOfAUniqueValue);
        Assert.InRange((late.Allocated - early.Allocated) / (Late - Early), 0, AllocatedPerRowMax);
        Assert.InRange(statements, 1, Rows / 1000 + 1);
    }

    [Fact]
    public async Task Memory_stays_flat_while_they_are_fetched()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        var result = await SomeResultAsync(host);
        using var answer = await client.GetAsync(result, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await ReadAsync(body, 5_000_000);
        var early = Memory();
        await ReadAsync(body, 50_000_000);
        var late = Memory();

        Assert.InRange(late.Held - early.Held, long.MinValue, BytesMax);
        Assert.InRange((late.Allocated - early.Allocated) / 400_000, 0, 50);
    }

    [Fact]
    public async Task Who_fetches_slowly_holds_no_connection_of_the_database()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        var result = await SomeResultAsync(host);
        using var answer = await client.GetAsync(result, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await ReadAsync(body, 1_000_000);

        await Eventually.Async(
            async () =>
                await host.QueryAsync<long>(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid() AND state <> 'idle' AND query LIKE '%import_pieces%'"
                ) == 0,
            ct: Token,
            what: "the download to hold no connection"
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_download_of_an_import_that_is_deleted_meanwhile_breaks_and_does_not_look_complete()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        var result = await SomeResultAsync(host);
        using var answer = await client.GetAsync(result, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await ReadAsync(body, 1_000_000);

        await host.RunAsync("DELETE FROM importcsv.imports");

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, Token));
    }

    /// <summary>An import of half a million rows that nobody had to send; answers where its result is.</summary>
    private static async Task<Uri> SomeResultAsync(ImportCsvHost host)
    {
        var import = await ImportCsvHost.Json(await host.ImportAsync("email,name\nada@example.com,Ada\n"));
        await host.RunAsync(
            """
            INSERT INTO importcsv.import_pieces (import_id, line, rows, csv)
            SELECT id, 1000 * piece, 1000, repeat(repeat('x', 120) || E'\r\n', 1000)
            FROM importcsv.imports, generate_series(1, 500) piece;
            UPDATE importcsv.imports SET valid_rows = 500001
            """
        );
        return new Uri(import.GetProperty("result_url").GetString()!, UriKind.Relative);
    }

    private static async Task ReadAsync(Stream body, int bytes)
    {
        var block = new byte[64 * 1024];
        for (var left = bytes; left > 0; )
        {
            left -= await body.ReadAsync(block.AsMemory(0, Math.Min(left, block.Length)), Token);
        }
    }

    private static (long Held, long Allocated) Memory() =>
        (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes(precise: true));

    /// <summary>Every statement about the rows, as the database's client says it.</summary>
    private static ActivityListener Statements(Action each)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Tags.Any(tag => tag.Value?.Contains("import_pieces", StringComparison.Ordinal) == true))
                {
                    each();
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
