using System.CommandLine;
using Npgsql;
using Spectre.Console;
using Tollgate.Accounts;
using Tollgate.Http;
using Tollgate.Reconciliation;
using Tollgate.Settings;

namespace Tollgate.Commands;

/// <summary><c>reconcile [--dry-run]</c>: every account compared with Stripe, and what differs repaired.</summary>
internal sealed class ReconcileCommand : IHostCommand
{
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Report only." };
    private readonly Option<string> by = OperatorOptions.By();

    public Command Create(CommandRun run) =>
        run.Does(
            new Command("reconcile", "Compare every account with Stripe and repair what differs.") { dryRun, by },
            (parsed, cancellationToken) => RunAsync(run, parsed, cancellationToken)
        );

    private async Task<int> RunAsync(CommandRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var isDryRun = parsed.GetValue(dryRun);
        var database = run.Get<NpgsqlDataSource>();
        if (!isDryRun && !await SwitchChange.IsOnAsync(database, run.Get<TollgateOptions>(), cancellationToken))
        {
            return run.Refuse(parsed, new InvalidRequest("Billing is switched off: only --dry-run is possible."));
        }

        var report = await run.WithProgressAsync(
            "Accounts compared with Stripe",
            progress =>
                run.Get<Reconcile>()
                    .RunAsync(
                        isDryRun,
                        $"{Reconcile.Cause} by {parsed.GetRequiredValue(by)}",
                        progress,
                        cancellationToken
                    )
        );
        if (report is null)
        {
            return run.Refuse(parsed, new BillingBusy()); // another node is at it
        }

        var findings = await ReconcileFinding.ListAsync(database, report.RunId, cancellationToken);
        run.Answer(
            parsed,
            new
            {
                report.RunId,
                report.AccountsCompared,
                report.Repaired,
                Findings = findings,
            },
            terminal => Show(terminal, report, findings)
        );
        return findings.Count == (isDryRun ? 0 : report.Repaired) ? HostCommands.Done : HostCommands.Failed;
    }

    private static void Show(IAnsiConsole terminal, ReconcileReport report, IReadOnlyList<ReconcileFinding> findings)
    {
        foreach (var finding in findings)
        {
            terminal.MarkupLineInterpolated($"{finding.Kind}  {finding.Subject}  {finding.Difference}");
        }

        terminal.MarkupLineInterpolated(
            $"Accounts compared: {report.AccountsCompared}. Findings: {findings.Count}. Repaired: {report.Repaired}."
        );
    }
}
