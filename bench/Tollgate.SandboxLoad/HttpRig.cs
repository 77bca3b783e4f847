using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tollgate.SandboxLoad;

/// <summary>The Sandbox's executable in a process of its own, so that its processor time is its own.</summary>
internal sealed class HttpRig : IDisposable
{
    private const int Callers = 8;
    private readonly Process process;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private string price = "";

    private HttpRig(Process process) => this.process = process;

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<HttpRig> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Tollgate.Sandbox.Tool.dll"));
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add("0");
        Array.ForEach(arguments, start.ArgumentList.Add);
        var rig = new HttpRig(Process.Start(start)!);
        var line = (await rig.process.StandardOutput.ReadLineAsync())!;
        rig.http.BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        rig.http.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_localsandbox");
        return rig;
    }

    public async Task AddPriceAsync()
    {
        var product = await PostAsync("/v1/products", "name=Team");
        price = await PostAsync("/v1/prices", Forms.Price(product));
    }

    public Task SubscribeAsync(int count) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    for (var i = caller; i < count; i += Callers)
                    {
                        var customer = await PostAsync("/v1/customers", Forms.Customer);
                        await PostAsync("/v1/subscriptions", Forms.Subscription(customer, price));
                    }
                })
        );

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        http.Dispose();
    }

    private async Task<string> PostAsync(string path, string form)
    {
        using var content = new StringContent(form);
        using var answer = await http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync())!["id"]!;
    }
}
