using System.Diagnostics;
using System.Text;
using Tollgate.Testing;

namespace Tollgate.HydraTesting;

/// <summary>
/// A product in a process of its own, as people start it, for what only a process can show: exit codes and kill -9.
/// </summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ProductProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <param name="host">Its folder below <c>hosts</c>, which is its assembly's name, too.</param>
    /// <param name="environment">
    /// Variables of the process; the rest is inherited, without those of Stripe and of mail.
    /// </param>
    public static ProductProcess Start(string host, Uri address, IReadOnlyDictionary<string, string> environment) =>
        StartFrom(
            AppContext.BaseDirectory,
            host,
            address,
            environment,
            $"--urls={address.GetLeftPart(UriPartial.Authority)}",
            $"--contentRoot={Path.Combine(Repository.Root, "hosts", host)}"
        );

    /// <summary>A command of the product, as it is typed: all but its words comes from the environment.</summary>
    public static ProductProcess Type(
        string host,
        IReadOnlyDictionary<string, string> environment,
        params string[] command
    ) =>
        StartFrom(
            AppContext.BaseDirectory,
            host,
            new Uri("http://nowhere.test"),
            new Dictionary<string, string>(environment)
            {
                ["ASPNETCORE_CONTENTROOT"] = Path.Combine(Repository.Root, "hosts", host),
            },
            command
        );

    /// <param name="folder">Where the program lies; it is started from another, with these arguments only.</param>
    public static ProductProcess StartFrom(
        string folder,
        string host,
        Uri address,
        IReadOnlyDictionary<string, string> environment,
        params string[] args
    ) => StartProgram("dotnet", address, environment, [Path.Combine(folder, $"{host}.dll"), .. args]);

    /// <param name="program">An executable, started from a folder that has nothing to do with it.</param>
    public static ProductProcess StartProgram(
        string program,
        Uri address,
        IReadOnlyDictionary<string, string> environment,
        params string[] args
    )
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["BILLING_ENABLED"] = "true",
                ["Development__DatabaseIsPrivate"] = "true",
            },
        };
        foreach (var name in start.Environment.Keys.Where(IsOfAnAccount).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = new ProductProcess(new Process { StartInfo = start }, address);
        started.process.OutputDataReceived += (_, line) => Append(started.output, line.Data);
        started.process.ErrorDataReceived += (_, line) => Append(started.errors, line.Data);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    public async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        await Eventually.Async(
            async () =>
            {
                Assert.False(process.HasExited, $"It ended with {Errors}{Output}");
                try
                {
                    return (
                        await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)
                    ).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false; // not listening yet
                }
            },
            what: $"{Address} to be ready",
            timeout: TimeSpan.FromSeconds(180)
        );
    }

    /// <summary>kill -9: no goodbye, no clean-up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as a process manager or Ctrl+C stops it; answers the exit code.</summary>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        using var signal = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async Task<int> ExitCodeAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static bool IsOfAnAccount(string variable) =>
        Array.Exists(["STRIPE_", "RESEND_", "SMTP_"], name => variable.StartsWith(name, StringComparison.Ordinal));

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString().Trim();
        }
    }
}
