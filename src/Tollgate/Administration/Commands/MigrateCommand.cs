using System.CommandLine;
using Spectre.Console;

namespace Tollgate.Administration.Commands;

/// <summary><c>migrate up|down|status</c>: Tollgate's own tables, forward, back, and where they stand.</summary>
internal sealed class MigrateCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var command = new Command("migrate", "Bring Tollgate's tables forward or take them back.");
        command.Subcommands.Add(
            run.Does(
                new Command("up", "Apply every migration that is missing, then make the contract views."),
                async (parsed, cancellationToken) =>
                {
                    await run.Get<MigrateDatabase>().RunAsync(cancellationToken);
                    return await ShowAsync(run, parsed, cancellationToken);
                }
            )
        );
        var sure = new Option<bool>("--yes") { Description = "Yes, delete all billing data of this database." };
        var down = new Command("down", "Take all of Tollgate's tables out again. The host's own stay.");
        down.Options.Add(sure);
        command.Subcommands.Add(
            run.Does(
                down,
                async (parsed, cancellationToken) =>
                {
                    if (!parsed.GetValue(sure))
                    {
                        return run.Refuse(
                            parsed,
                            new InvalidRequest("This deletes all billing data. Add --yes if that is meant.")
                        );
                    }

                    await run.Get<MigrateDatabase>().RemoveAsync(cancellationToken);
                    return await ShowAsync(run, parsed, cancellationToken);
                }
            )
        );
        command.Subcommands.Add(
            run.Does(
                new Command("status", "Which migrations are applied, and which are missing."),
                (parsed, cancellationToken) => ShowAsync(run, parsed, cancellationToken)
            )
        );
        return command;
    }

    private static async Task<int> ShowAsync(CommandRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var status = await run.Get<MigrateDatabase>().ReadStatusAsync(cancellationToken);
        run.Answer(
            parsed,
            status,
            terminal =>
            {
                foreach (var migration in status.Applied)
                {
                    terminal.MarkupLineInterpolated($"applied  {migration}");
                }

                foreach (var migration in status.Missing)
                {
                    terminal.MarkupLineInterpolated($"missing  {migration}");
                }
            }
        );
        return HostCommands.Done;
    }
}
