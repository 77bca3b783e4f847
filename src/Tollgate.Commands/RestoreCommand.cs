using System.CommandLine;
using Spectre.Console;
using Tollgate.Commands.Backups;
using Tollgate.Http;

namespace Tollgate.Commands;

/// <summary><c>restore FILE</c>: the rows of a backup in place of all that are there.</summary>
internal sealed class RestoreCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var file = new Argument<FileInfo>("file") { Description = "What backup made." };
        var yes = new Option<bool>("--yes") { Description = "Yes, in place of all billing data of this database." };
        var command = new Command("restore", "Put a backup's rows in place of what Tollgate's tables hold.")
        {
            file,
            yes,
        };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var from = parsed.GetRequiredValue(file);
                if (!from.Exists)
                {
                    return run.Refuse(parsed, new InvalidRequest($"There is no file {from.FullName}."));
                }

                if (!parsed.GetValue(yes))
                {
                    return run.Refuse(
                        parsed,
                        new InvalidRequest("This replaces all billing data. Stop every node, then add --yes.")
                    );
                }

                var restored = await run.WithProgressAsync(
                    "Rows restored",
                    progress => run.Get<Restore>().RunAsync(from.FullName, progress, cancellationToken)
                );
                if (restored.Refusal is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                var value = restored.Value!;
                run.Answer(
                    parsed,
                    value,
                    terminal => terminal.MarkupLineInterpolated($"{value.Rows} rows restored in {value.Tables} tables.")
                );
                return HostCommands.Done;
            }
        );
    }
}
