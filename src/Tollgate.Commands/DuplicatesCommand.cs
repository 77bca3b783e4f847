using System.CommandLine;
using Spectre.Console;
using Tollgate.Insight;

namespace Tollgate.Commands;

/// <summary><c>duplicates</c>: who pays twice.</summary>
internal sealed class DuplicatesCommand : IHostCommand
{
    public Command Create(CommandRun run) =>
        run.Does(
            new Command("duplicates", "Find second customers and second subscriptions, and say what to cancel."),
            async (parsed, cancellationToken) =>
            {
                var found = await run.WithProgressAsync(
                    "Accounts searched",
                    progress => run.Get<FindDuplicates>().RunAsync(progress, cancellationToken)
                );
                run.Answer(
                    parsed,
                    found,
                    terminal =>
                    {
                        foreach (var one in found)
                        {
                            terminal.MarkupLineInterpolated(
                                $"{one.Account}  {one.Kind} {one.StripeId}  {one.WhatToDo}"
                            );
                        }

                        terminal.MarkupLineInterpolated($"{found.Count} found.");
                    }
                );
                return found.Count == 0 ? HostCommands.Done : HostCommands.Failed;
            }
        );
}
