using System.CommandLine;
using Spectre.Console;
using Tollgate.Commands.Checks;

namespace Tollgate.Commands;

/// <summary><c>doctor</c>: whether this can go live.</summary>
internal sealed class DoctorCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var compare = new Option<string?>("--compare")
        {
            Description = "A file of another environment's settings, which must share no value with this one's.",
        };
        var deployed = new Option<bool>("--deployed")
        {
            Description = "The host serves already: it fails when nobody answers at its address.",
        };
        var command = new Command("doctor", "The whole pre-live list. Exit code 1 when something fails.")
        {
            compare,
            deployed,
        };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var findings = await run.Get<Doctor>()
                    .RunAsync(parsed.GetValue(compare), parsed.GetValue(deployed), cancellationToken);
                var failed = findings.Count(finding => finding.Outcome == FindingOutcome.Fails);
                run.Answer(
                    parsed,
                    findings,
                    terminal =>
                    {
                        foreach (var finding in findings)
                        {
                            terminal.MarkupLineInterpolated(
                                $"{Word(finding.Outcome)}  {finding.Name}  {finding.Detail}"
                            );
                        }

                        terminal.MarkupLineInterpolated($"[bold]{failed} of {findings.Count} fail.[/]");
                    }
                );
                return failed == 0 ? HostCommands.Done : HostCommands.Failed;
            }
        );
    }

    private static string Word(FindingOutcome outcome) =>
        outcome switch
        {
            FindingOutcome.Good => "ok   ",
            FindingOutcome.Warn => "warn ",
            _ => "FAILS",
        };
}
