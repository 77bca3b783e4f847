using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Tollgate.ImportCsvTesting;
using Tollgate.ImportLoad;

const int rows = 500_000;
if (args.Length > 0)
{
    return await Customer.RunAsync(args);
}

await using var host = await ImportCsvHost.StartAsync("--ImportCsv:CallsPerMinute=100000");
using var owner = await host.SignInAsync();
await host.BuyAsync(owner, "business");
var made = await owner.PostAsJsonAsync("/api/v1/importers", ContactFile.Importer);
var key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;
var cookie = await host.CookieAsync();
var connection = host.Service<IConfiguration>().GetConnectionString("Tollgate")!;
await Customer.AskAsync("send", host.Address.AbsoluteUri, key, "20000");

for (var round = 0; round < 4; round++)
{
    var isLive = round == 3;
    var plain = TimeSpan.Parse(await Customer.AskAsync("copy", connection, $"{rows}"), CultureInfo.InvariantCulture);
    string result;
    await using (var heap = new Heap(isLive))
    {
        var began = Stopwatch.GetTimestamp();
        result = await Customer.AskAsync("send", host.Address.AbsoluteUri, key, $"{rows}");
        Console.WriteLine(Rate(Stopwatch.GetElapsedTime(began), plain) + Held(heap, isLive));
    }

    await using var reading = new Heap(isLive);
    var fetched = await Customer.AskAsync("fetch", result, cookie);
    Console.WriteLine($"fetched: {fetched}; {Held(reading, isLive)}");
}

return 0;

static string Held(Heap heap, bool isLive) =>
    string.Create(
        CultureInfo.InvariantCulture,
        $"{heap.Allocated / rows:N0} bytes allocated a row; heap above idle at most {heap.Most / 1e6:N1} MB "
            + $"({(isLive ? "live" : "with garbage")}), working set {heap.WorkingSetMax / 1e6:N1} MB"
    );

static string Rate(TimeSpan taken, TimeSpan plain) =>
    string.Create(
        CultureInfo.InvariantCulture,
        $"stored: {rows / taken.TotalSeconds:N0} rows/s against {rows / plain.TotalSeconds:N0} rows/s of a plain COPY, "
            + $"ratio {plain / taken:F2}; "
    );
