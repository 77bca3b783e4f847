using System.CommandLine;
using Spectre.Console;
using Tollgate.Commands.Checks;

namespace Tollgate.Commands;

/// <summary><c>integrity</c>: whether what must always hold does hold.</summary>
internal sealed class IntegrityCommand : IHostCommand
{
    public Command Create(CommandRun run) =>
        run.Does(
            new Command("integrity", "Ask the database whether what must always hold does hold."),
            async (parsed, cancellationToken) =>
            {
                var rules = await run.Get<CheckIntegrity>().RunAsync(cancellationToken);
                run.Answer(
                    parsed,
                    rules,
                    terminal =>
                    {
                        foreach (var rule in rules)
                        {
                            terminal.MarkupLineInterpolated(
                                $"{(rule.Holds ? "ok    " : "BROKEN")}  {rule.Rule}{
                                    (rule.Holds ? "" : ": " + string.Join(", ", rule.BrokenBy))}"
                            );
                        }
                    }
                );
                return rules.All(rule => rule.Holds) ? HostCommands.Done : HostCommands.Failed;
            }
        );
}
