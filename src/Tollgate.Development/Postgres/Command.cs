using System.ComponentModel;
using System.Diagnostics;

namespace Tollgate.Development.Postgres;

/// <summary>A program run to its end, with what it printed on both streams.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    // as a shell has it
    private const int NotFound = 127;

    public static CommandResult Missing(string why) => new(NotFound, why);

    public bool Succeeded => ExitCode == 0;

    public bool IsMissing => ExitCode == NotFound;

    /// <summary>The last line that says something, for one-line errors.</summary>
    public string LastLine =>
        Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault()
        ?? $"exit code {ExitCode}";
}

internal static class Command
{
    /// <summary>A program that is not there gives <see cref="CommandResult.IsMissing"/>.</summary>
    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? onlyEnvironment,
        CancellationToken ct
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            UseShellExecute = false,
        };
        if (onlyEnvironment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in onlyEnvironment)
                start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            // not installed, or not ours to execute: callers try the next one
            return CommandResult.Missing(missing.Message);
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new CommandResult(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
