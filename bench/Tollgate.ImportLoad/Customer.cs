using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.ImportCsvTesting;

namespace Tollgate.ImportLoad;

/// <summary>
/// Whoever is not the host, each in a process of its own, so that what is held and allocated here is the host's.
/// </summary>
internal static class Customer
{
    /// <summary>What the process of its own does; answers its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        Console.WriteLine(
            arguments switch
            {
                ["send", var address, var key, var rows] => await SendAsync(http, new Uri(address), key, Number(rows)),
                ["fetch", var result, var cookie] => await FetchAsync(http, new Uri(result), cookie),
                ["copy", var database, var rows] => Text(await PlainCopy.RunAsync(database, Number(rows))),
                _ => throw new ArgumentException("send, fetch or copy", nameof(arguments)),
            }
        );
        return 0;
    }

    /// <summary>Has a process do it, and answers what it said.</summary>
    public static async Task<string> AskAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? said.Trim()
            : throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
    }

    /// <summary>Answers where the result is.</summary>
    private static async Task<string> SendAsync(HttpClient http, Uri address, string key, int rows)
    {
        using var file = new ContactFile(rows);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(key), "importer_key" },
            { file, "file", "contacts.csv" },
        };
        using var answer = await http.PostAsync(new Uri(address, "/api/v1/imports/"), form);
        var import = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return import.GetProperty("valid_rows").GetInt32() == rows
            ? new Uri(address, import.GetProperty("result_url").GetString()).AbsoluteUri
            : throw new InvalidOperationException("Not all rows were taken.");
    }

    private static async Task<string> FetchAsync(HttpClient http, Uri result, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, result);
        request.Headers.Add("Cookie", cookie);
        var asked = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var block = new byte[64 * 1024];
        var length = (long)await body.ReadAsync(block);
        var first = Stopwatch.GetElapsedTime(asked);
        for (var read = 1; read > 0; length += read)
        {
            read = await body.ReadAsync(block);
        }

        var all = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{length / 1e6:N1} MB in {all:N2} s, the first byte after {first.TotalMilliseconds:N0} ms"
        );
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
