using System.CommandLine;
using Spectre.Console;
using Tollgate.Accounts;
using Tollgate.Insight;
using Tollgate.Reconciliation;

namespace Tollgate.Commands;

/// <summary><c>catch-up</c>: what Stripe lists and nobody delivered.</summary>
internal sealed class CatchUpCommand : IHostCommand
{
    private readonly Option<string> by = OperatorOptions.By();

    public Command Create(CommandRun run) =>
        run.Does(
            new Command("catch-up", "Record from Stripe's list of events what was never delivered.") { by },
            (parsed, cancellationToken) => RunAsync(run, parsed, cancellationToken)
        );

    private async Task<int> RunAsync(CommandRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        CatchUpReport? report = null;
        var action = new OperatorAction(parsed.GetRequiredValue(by), "catch_up", null, "events", "by command");
        var refused = await run.Get<OperatorLog>()
            .DoAsync(
                action,
                async () =>
                {
                    report = await run.WithProgressAsync(
                        "Events of Stripe's list",
                        progress => run.Get<CatchUp>().RunAsync(listed => progress(listed, 0), cancellationToken)
                    );
                    return report is null ? new BillingBusy() : null; // another node is at it
                },
                cancellationToken
            );
        if (refused is not null)
        {
            return run.Refuse(parsed, refused);
        }

        run.Answer(parsed, report!, terminal => Show(terminal, report!));
        return report!.IsComplete ? HostCommands.Done : HostCommands.Failed;
    }

    private static void Show(IAnsiConsole terminal, CatchUpReport report)
    {
        terminal.MarkupLineInterpolated(
            $"Events since {report.Since:u}: {report.Listed}. Missed, and recorded now: {report.Recorded}."
        );
        if (!report.IsComplete)
        {
            terminal.WriteLine("Stripe lists 30 days only: run reconcile, which compares every account.");
        }
    }
}
