using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Tollgate.Commands.Backups;

/// <summary>PostgreSQL's own <c>pg_dump</c>, where this machine has one that reads this server.</summary>
internal sealed partial class PgDump
{
    private static readonly string[] SystemFolders = ["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt"];
    private readonly string program;

    private PgDump(string program) => this.program = program;

    /// <summary>Null where there is none as new as the server.</summary>
    public static async Task<PgDump?> FindAsync(int serverMajor, CancellationToken cancellationToken)
    {
        var installed = SystemFolders
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => Path.Combine(folder, "bin", "pg_dump"))
            .Where(File.Exists);
        foreach (var candidate in installed.Prepend("pg_dump"))
        {
            if (await ReadMajorAsync(candidate, cancellationToken) >= serverMajor)
            {
                return new PgDump(candidate);
            }
        }

        return null;
    }

    /// <summary>Writes the rows of the schema <c>billing</c>, as of one moment.</summary>
    /// <exception cref="IOException">It failed, with what it says.</exception>
    public async Task RunAsync(string connectionString, Stream to, CancellationToken cancellationToken)
    {
        string[] what =
        [
            "--data-only",
            "--schema=billing",
            "--load-via-partition-root",
            "--encoding=UTF8",
            $"--exclude-table=billing.{DetachPartitions.NameGlob}",
        ];
        var start = new ProcessStartInfo(program, [.. what, "--no-password"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment(connectionString))
        {
            start.Environment[name] = value;
        }

        using var dump = Process.Start(start)!;
        var said = dump.StandardError.ReadToEndAsync(cancellationToken);
        await dump.StandardOutput.BaseStream.CopyToAsync(to, cancellationToken);
        await dump.WaitForExitAsync(cancellationToken);
        if (dump.ExitCode != 0)
        {
            throw new IOException($"{program} failed: {(await said).Trim().ReplaceLineEndings(" ")}");
        }
    }

    // by the environment, where no other user of the machine reads the password
    private static IEnumerable<(string Name, string? Value)> Environment(string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        yield return ("PGHOST", to.Host);
        yield return ("PGPORT", to.Port.ToString(CultureInfo.InvariantCulture));
        yield return ("PGUSER", to.Username);
        yield return ("PGPASSWORD", to.Password);
        yield return ("PGDATABASE", to.Database);
        yield return ("PGSSLMODE", SslMode(to.SslMode));
        yield return ("PGSSLROOTCERT", to.RootCertificate);
    }

    private static string SslMode(SslMode mode) =>
        mode switch
        {
            Npgsql.SslMode.VerifyCA => "verify-ca",
            Npgsql.SslMode.VerifyFull => "verify-full",
            _ => mode.ToString().ToLowerInvariant(),
        };

    private static async Task<int> ReadMajorAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            using var version = Process.Start(
                new ProcessStartInfo(program, ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true }
            )!;
            var text = await version.StandardOutput.ReadToEndAsync(cancellationToken);
            await version.WaitForExitAsync(cancellationToken);
            return Major().Match(text) is { Success: true } match
                ? int.Parse(match.Value, CultureInfo.InvariantCulture)
                : 0;
        }
        catch (Win32Exception)
        {
            return 0; // not there
        }
    }

    [GeneratedRegex(@"(?<=\) )\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Major();
}
