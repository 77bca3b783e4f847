using System.CommandLine;
using Spectre.Console;
using Tollgate.Http;
using Tollgate.Startup;
using Tollgate.Storage;

namespace Tollgate.Commands;

/// <summary><c>migrate up|down|status|script</c>: Tollgate's own tables, forward, back, and where they stand.</summary>
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
                    foreach (var step in run.Get<IEnumerable<IAfterMigration>>())
                    {
                        await step.RunAsync(cancellationToken);
                    }

                    return await ShowAsync(run, parsed, cancellationToken);
                }
            )
        );
        command.Subcommands.Add(CreateDown(run));
        command.Subcommands.Add(
            run.Does(
                new Command("status", "Which migrations are applied, and which are missing."),
                (parsed, cancellationToken) => ShowAsync(run, parsed, cancellationToken)
            )
        );
        command.Subcommands.Add(
            run.Does(
                new Command("script", "Print the SQL of `up`, for whoever lets no program change tables."),
                async (parsed, cancellationToken) =>
                {
                    var script = await run.Get<MigrateDatabase>().ScriptAsync(cancellationToken);
                    run.Answer(parsed, new { Sql = script }, terminal => terminal.Profile.Out.Writer.Write(script));
                    return HostCommands.Done;
                }
            )
        );
        return command;
    }

    private static Command CreateDown(CommandRun run)
    {
        var sure = new Option<bool>("--yes") { Description = "Yes, delete what stands in those tables." };
        var steps = OperatorOptions.Count("--steps", "Take only so many migrations back. Default: all.", usual: 0);
        return run.Does(
            new Command("down", "Take Tollgate's tables out again. The host's own stay.") { sure, steps },
            async (parsed, cancellationToken) =>
            {
                var count = parsed.GetValue(steps);
                if (!parsed.GetValue(sure))
                {
                    var what = count == 0 ? "all billing data" : "what the newest migrations brought";
                    return run.Refuse(parsed, new InvalidRequest($"This deletes {what}. Add --yes if that is meant."));
                }

                var migrations = run.Get<MigrateDatabase>();
                if (count == 0)
                {
                    await migrations.RemoveAsync(cancellationToken);
                }
                else if (!await migrations.GoBackAsync(count, cancellationToken))
                {
                    return run.Refuse(
                        parsed,
                        new InvalidRequest("So many are not applied. Without --steps all are taken back.")
                    );
                }

                return await ShowAsync(run, parsed, cancellationToken);
            }
        );
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
