using System.CommandLine;
using Spectre.Console;
using Tollgate.Commands.Backups;
using Tollgate.Http;

namespace Tollgate.Commands;

/// <summary><c>backup FILE</c>: all rows of Tollgate's tables.</summary>
internal sealed class BackupCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var file = new Argument<FileInfo>("file") { Description = "Is made; one that is there is left as it is." };
        var copy = new Option<bool>("--copy") { Description = "Do not use pg_dump, even where it is installed." };
        var command = new Command("backup", "Write all rows of Tollgate's tables into a file.") { file, copy };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var to = parsed.GetRequiredValue(file);
                if (to.Exists)
                {
                    return run.Refuse(parsed, new InvalidRequest($"{to.FullName} is there already."));
                }

                var made = await run.WithProgressAsync(
                    "Tables kept",
                    progress =>
                        run.Get<BackUp>().RunAsync(to.FullName, !parsed.GetValue(copy), progress, cancellationToken)
                );
                run.Answer(
                    parsed,
                    made,
                    terminal => terminal.MarkupLineInterpolated($"Kept by {made.By}: {made.Bytes} bytes in {made.File}")
                );
                return HostCommands.Done;
            }
        );
    }
}
