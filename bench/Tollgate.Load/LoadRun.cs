using System.Globalization;
using System.Runtime.InteropServices;
using Tollgate.Development;
using Tollgate.Load.Measuring;
using Tollgate.Load.Paths;
using Tollgate.Load.Processes;

namespace Tollgate.Load;

/// <summary>One run: the paths that were asked for, one after the other, and their table.</summary>
internal static class LoadRun
{
    private const string Sync = "sync";
    private const string Memory = "memory";

    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            if (options.Peers)
            {
                await NpmPeers.InstallAsync(stop.Token);
            }

            await using var rig = await Rig.StartAsync(options, stop.Token);
            if (options.Names is [(Sync or Memory) and var single])
            {
                Print(
                    single == Memory
                        ? await MemoryUse.MeasureAsync(rig)
                        : await AccountSync.MeasureAsync((await rig.ServicesAsync()).Services)
                );
                return 0;
            }

            await MeasureAsync(rig, options, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
        catch (InexactException inexact) // the figures are of something else than what was asked for
        {
            await Console.Error.WriteLineAsync($"Not exact: {inexact.Message}");
            return 1;
        }
        catch (Exception failure) when (failure is DevelopmentException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(failure.Message); // what is missing, or did not answer
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }

    private static async Task MeasureAsync(Rig rig, LoadOptions options, CancellationToken cancellationToken)
    {
        var table = new ResultTable();
        foreach (var path in All(rig, options).Where(path => options.Takes(path.Name)))
        {
            var contenders = await path.PrepareAsync();
            if (options.Statements)
            {
                await rig.Cluster.ForgetStatementsAsync(cancellationToken);
            }

            var series = await Interleaved.RunAsync(contenders, options, cancellationToken);
            table.Add(path, series);
            foreach (var one in series)
            {
                await Console.Error.WriteLineAsync(Progress(path, one));
            }

            if (options.Statements)
            {
                foreach (var line in await rig.Cluster.ReadStatementsAsync(cancellationToken))
                {
                    await Console.Error.WriteLineAsync(line);
                }
            }
        }

        Console.WriteLine(table.Markdown());
        if (options.Write)
        {
            await ResultsFile.WriteAsync(table, options, rig.Cluster, cancellationToken);
        }
    }

    private static IEnumerable<LoadPath> All(Rig rig, LoadOptions options) =>
        [
            .. WebhookPaths.Of(rig, options),
            AppliedPath.Of(rig),
            StatusPath.Of(rig),
            .. UsagePaths.Of(rig, options),
            GatePath.Of(rig),
            .. SweepPaths.Of(rig, options),
            StartPath.Of(rig),
        ];

    private static string Progress(LoadPath path, Series series)
    {
        var rate = series.Median(one => one.PerSecond);
        var last = series.Median(one => one.P99);
        var server = series.Median(one => one.ServerMicroseconds);
        var database = series.Median(one => one.DatabaseMicroseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{path.Name}, {series.Contender.Name}: {rate:N0}/s, p99 {last:G3} ms, "
                + $"{server:G3} us of the server and {database:G3} us of the database each"
        );
    }
}
