using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Tollgate.Development.Postgres;

/// <summary>Makes and starts the server of one home. Everything here runs under the cluster's start lock.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Cluster(
    ClusterFiles files,
    ServerAccount account,
    PostgresBinaries binaries,
    PrivatePostgresOptions options
)
{
    private const int PortAttempts = 5;
    private const int LogBytesMax = 10 * 1024 * 1024;

    /// <summary>A password nobody knows, TCP on 127.0.0.1 only, UTF-8, byte order collation.</summary>
    public async Task InitializeAsync(CancellationToken ct)
    {
        if (Directory.Exists(files.Data))
            throw new DevelopmentException($"'{files.Data}' is there but is no PostgreSQL cluster: move it away");
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await account.WritePrivateFileAsync(files.Password, password, ct);

        // old C libraries have no C.UTF-8; both order by bytes
        var made = await InitdbAsync("C.UTF-8", ct);
        if (!made.Succeeded)
            made = await InitdbAsync("C", ct);
        if (!made.Succeeded)
            throw new DevelopmentException($"initdb failed in '{files.Home}': {made.LastLine}");
        Directory.Move(files.UnfinishedData, files.Data);
    }

    /// <summary>Starts on the port used last if it is free, else on another.</summary>
    public async Task<Postmaster> StartAsync(CancellationToken ct)
    {
        await Postmaster.ClearStaleAsync(files, ct);
        if (!File.Exists(files.Log) || new FileInfo(files.Log).Length > LogBytesMax)
            await account.WritePrivateFileAsync(files.Log, "", ct);

        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.Choose(attempt == 1 ? PreferredPort() : null);
            var logged = new FileInfo(files.Log).Length;
            string[] start = ["start", "-s", "-w", "-t", "60", "-D", files.Data, "-l", files.Log, "-o", Settings(port)];
            var started = await account.RunAsync(binaries.PgCtl, start, ct);
            if (started.Succeeded && Postmaster.Find(files) is { IsReady: true } postmaster)
            {
                await File.WriteAllTextAsync(files.Port, port.ToString(CultureInfo.InvariantCulture), ct);
                return postmaster;
            }

            var said = await LogSinceAsync(logged, ct);
            if (attempt == PortAttempts || !said.Contains("Address already in use", StringComparison.Ordinal))
                throw new DevelopmentException(
                    $"PostgreSQL did not start: {FirstComplaint(said) ?? started.LastLine} (see {files.Log})"
                );
        }
    }

    private async Task<CommandResult> InitdbAsync(string locale, CancellationToken ct)
    {
        if (Directory.Exists(files.UnfinishedData))
            Directory.Delete(files.UnfinishedData, recursive: true);
        await account.MakePrivateDirectoryAsync(files.UnfinishedData, ct);
        string[] init = ["-D", files.UnfinishedData, "-U", "postgres", "-E", "UTF8", $"--locale={locale}"];
        string[] access = ["--auth=scram-sha-256", $"--pwfile={files.Password}"];
        string[] sync = options.ThrowAway ? ["--no-sync"] : [];
        return await account.RunAsync(binaries.Initdb, [.. init, .. access, .. sync, "--no-instructions"], ct);
    }

    // No socket: TCP with a password is the one way in, and a socket's path may have no more than 107 bytes.
    private string Settings(int port)
    {
        List<string> settings =
        [
            $"port={port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            $"max_connections={options.MaxConnections}",
            "logging_collector=off",
            $"cluster_name={files.ClusterName}",
        ];
        if (options.ThrowAway)
            // commits stay synchronous: with fsync off they cost a write, and a killed server still loses nothing
            settings.AddRange(["fsync=off", "full_page_writes=off"]);
        return string.Join(' ', settings.Select(setting => $"-c {setting}"));
    }

    private int? PreferredPort() =>
        File.Exists(files.Port) && int.TryParse(File.ReadAllText(files.Port), out var port) ? port : null;

    private async Task<string> LogSinceAsync(long offset, CancellationToken ct)
    {
        await using var stream = new FileStream(files.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(offset, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    private static string? FirstComplaint(string log) =>
        (
            from line in log.Split('\n')
            from severity in (string[])["FATAL:", "PANIC:", "ERROR:"]
            let at = line.IndexOf(severity, StringComparison.Ordinal)
            where at >= 0
            select line[at..].Trim()
        ).FirstOrDefault();
}
