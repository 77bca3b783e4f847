using System.CommandLine;
using Spectre.Console;
using Tollgate.Reconciliation;

namespace Tollgate.Administration.Commands;

/// <summary><c>catch-up</c>: what Stripe lists and nobody delivered.</summary>
internal sealed class CatchUpCommand : IHostCommand
{
    public Command Create(CommandRun run) =>
        run.Does(
            new Command("catch-up", "Record from Stripe's list of events what was never delivered."),
            async (parsed, cancellationToken) =>
            {
                var report = await run.WithProgressAsync(
                    parsed,
                    "Events of Stripe's list",
                    progress => run.Get<CatchUp>().RunAsync(listed => progress(listed, 0), cancellationToken)
                );
                if (report is null)
                {
                    return run.Refuse(parsed, new BillingBusy()); // another node is at it
                }

                run.Answer(parsed, report, terminal => Show(terminal, report));
                return report.IsComplete ? HostCommands.Done : HostCommands.Failed;
            }
        );

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
