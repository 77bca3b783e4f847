namespace Tollgate.ImportCsvTests;

/// <summary>What an import that came to nothing may have left behind.</summary>
internal static class Leftovers
{
    public static async Task NoneAsync(ImportCsvHost host)
    {
        Assert.Equal(0L, await ImportsAsync(host));
        Assert.Equal(0L, await RowsAsync(host));
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM importcsv.usage_records"));
        Assert.Equal(0, await UsedAsync(host));
    }

    public static async Task<bool> AreNoneAsync(ImportCsvHost host) =>
        await ImportsAsync(host) == 0 && await RowsAsync(host) == 0 && await UsedAsync(host) == 0;

    public static Task<long> ImportsAsync(ImportCsvHost host) =>
        host.QueryAsync<long>("SELECT count(*) FROM importcsv.imports");

    public static Task<long> RowsAsync(ImportCsvHost host) =>
        host.QueryAsync<long>("SELECT coalesce(sum(rows), 0) FROM importcsv.import_pieces");

    /// <summary>Units that are counted or held.</summary>
    public static Task<int> UsedAsync(ImportCsvHost host) =>
        host.QueryAsync<int>("SELECT coalesce(max(used + reserved), 0) FROM billing.meters");
}
