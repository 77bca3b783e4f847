using System.Diagnostics;

namespace Tollgate.Development.Postgres;

/// <summary>
/// The running server of a cluster, as the process list has it. PostgreSQL and pg_ctl take a pid for alive when the
/// number exists at all: a reused pid, or the zombie of a killed postmaster whose parent is slow to reap it. A zombie
/// has no command line, another program has a different one; so the command line decides here.
/// </summary>
internal sealed record Postmaster(int ProcessId, int Port, bool IsReady)
{
    private static readonly TimeSpan PollDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OrphanTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The live postmaster, starting and stopping ones included, or null.</summary>
    public static Postmaster? Find(ClusterFiles files)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(files.PostmasterPid);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (lines.Length == 0 || !int.TryParse(lines[0], out var pid) || !Serves(CommandLineOf(pid), files))
            return null;
        // pid, data, start time, port, socket folder, address, shared memory, status: written bit by bit
        var port = lines.Length > 3 && int.TryParse(lines[3], out var parsed) ? parsed : 0;
        var ready = lines.Length > 7 && lines[7].Trim() is ("ready" or "standby");
        return new Postmaster(pid, port, ready);
    }

    /// <summary>The one that answers; one on its way up or down is waited for. Null when there is none.</summary>
    public static async Task<Postmaster?> FindReadyAsync(ClusterFiles files, CancellationToken ct)
    {
        Postmaster? found = null;
        var settled = await BecomesTrueAsync(
            () => (found = Find(files)) is null or { IsReady: true },
            SettleTimeout,
            ct
        );
        return settled
            ? found
            : throw new DevelopmentException(
                $"PostgreSQL (process {found?.ProcessId}) has been starting or stopping for "
                    + $"{SettleTimeout.TotalSeconds} s: see {files.Log}"
            );
    }

    /// <summary>Fast shutdown: open connections are ended, data is flushed. Returns when the server is gone.</summary>
    public static async Task StopAsync(ClusterFiles files, CancellationToken ct)
    {
        if (Find(files) is not { } running)
            return;
        var pid = running.ProcessId.ToString();
        var signalled = await Command.RunAsync("/bin/sh", ["-c", $"kill -INT {pid}"], onlyEnvironment: null, ct);
        if (!await BecomesTrueAsync(() => Find(files) is null, SettleTimeout, ct))
            throw new DevelopmentException($"PostgreSQL (process {pid}) does not stop: {signalled.LastLine}");
    }

    /// <summary>
    /// Makes a cluster startable whose postmaster was killed: waits for the backends it left behind, which notice by
    /// themselves, then removes the pid file that would stop the next start.
    /// </summary>
    public static async Task ClearStaleAsync(ClusterFiles files, CancellationToken ct)
    {
        if (!File.Exists(files.PostmasterPid))
            return;
        if (!await BecomesTrueAsync(() => Orphans(files).Length == 0, OrphanTimeout, ct))
            throw new DevelopmentException(
                $"server processes without a postmaster still use {files.Data}: end {string.Join(", ", Orphans(files))}"
            );
        File.Delete(files.PostmasterPid);
    }

    private static int[] Orphans(ClusterFiles files)
    {
        var title = $"postgres: {files.ClusterName}:";
        var found = new List<int>();
        foreach (var process in Process.GetProcessesByName("postgres"))
        {
            using (process)
            {
                var command = CommandLineOf(process.Id);
                if (
                    Serves(command, files)
                    || command.FirstOrDefault()?.StartsWith(title, StringComparison.Ordinal) == true
                )
                    found.Add(process.Id);
            }
        }
        return [.. found];
    }

    private static bool Serves(string[] command, ClusterFiles files)
    {
        var option = Array.IndexOf(command, "-D");
        return option > 0 && option + 1 < command.Length && command[option + 1] == files.Data;
    }

    private static string[] CommandLineOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            // ended meanwhile
            return [];
        }
    }

    private static async Task<bool> BecomesTrueAsync(Func<bool> condition, TimeSpan timeout, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(began) > timeout)
                return false;
            await Task.Delay(PollDelay, time, ct);
        }
        return true;
    }
}
