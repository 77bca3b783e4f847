using System.Globalization;
using System.Runtime.InteropServices;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load;

/// <summary>
/// <c>bench/RESULTS.md</c>: what the last run with <c>--write</c> measured. The notes at its end are written by hand,
/// and stay.
/// </summary>
internal static class ResultsFile
{
    private const string Notes = "## Notes";

    public static async Task WriteAsync(
        ResultTable table,
        LoadOptions options,
        DurableCluster cluster,
        CancellationToken cancellationToken
    )
    {
        var before = File.Exists(Repository.Results)
            ? await File.ReadAllTextAsync(Repository.Results, cancellationToken)
            : "";
        var notesAt = before.IndexOf(Notes, StringComparison.Ordinal);
        var notes = notesAt < 0 ? $"{Notes}\n" : before[notesAt..];
        var text = $"""
            # Results of the bench

            Written by the bench itself. Each ratio is the median of {options.Repetitions} interleaved repetitions of
            {options.Length.TotalSeconds} s, with the least and the most; loader, servers and PostgreSQL share the
            machine, so that ratios of one row count, and figures of two runs do not compare.

            ## Table

            {table.Markdown()}

            ## Command

            ```
            {Command(options)}
            ```

            ## Machine

            {await MachineAsync(cluster, cancellationToken)}

            {notes}
            """;
        await File.WriteAllTextAsync(Repository.Results, text, cancellationToken);
    }

    private static string Command(LoadOptions options)
    {
        string[] arguments =
        [
            .. options.Peers ? (string[])["--peers"] : [],
            .. options.Quick ? (string[])["--quick"] : [],
            "--write",
            .. options.Names,
        ];
        return $"dotnet run -c Release --project bench/Tollgate.Load -- {string.Join(' ', arguments)}";
    }

    private static async Task<string> MachineAsync(DurableCluster cluster, CancellationToken cancellationToken)
    {
        var cpus = await File.ReadAllLinesAsync("/proc/cpuinfo", cancellationToken);
        var model = cpus.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1];
        var load = (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0];
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024);
        var commit = await ChildProcess.RunAsync(Git("rev-parse", "HEAD"), cancellationToken);
        var changes = await ChildProcess.RunAsync(
            Git("status", "--porcelain", "--", "src", "hosts"),
            cancellationToken
        );
        var now = TimeProvider.System.GetUtcNow();
        var dirty = changes.Length > 0 ? ", with changes that are not committed" : "";
        var database = await cluster.DescribeAsync(cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - {Environment.ProcessorCount} cores,{model}; {memory} GB of memory; load at the end {load}
            - {RuntimeInformation.OSDescription}
            - {database}
            - {RuntimeInformation.FrameworkDescription}
            - commit {commit.Trim()}{(
                changes.Length > 0 ? ", with changes that are not committed" : ""
            )}, {now:yyyy-MM-dd HH:mm} UTC
            """
        );
    }

    private static ChildStart Git(params string[] arguments) =>
        new("git", "git", arguments) { LogFolder = Path.GetTempPath(), WorkingDirectory = Repository.Root };
}
