using Spectre.Console;
using Tollgate.Catalog;

namespace Tollgate.Commands;

/// <summary>What <c>setup --diff</c> shows: what Stripe has and the catalog says otherwise, object by object.</summary>
internal static class SetupDiff
{
    public static void Show(IAnsiConsole terminal, IReadOnlyList<PublishStep> different)
    {
        foreach (var step in different)
        {
            terminal.MarkupLineInterpolated($"[bold]{step.What}[/]");
            foreach (var fact in step.Facts)
            {
                if (fact.AtStripe is { } before)
                {
                    terminal.MarkupLineInterpolated($"[red]- {fact.Member} {before}[/]");
                }

                if (fact.InCatalog is { } after)
                {
                    terminal.MarkupLineInterpolated($"[green]+ {fact.Member} {after}[/]");
                }
            }

            terminal.WriteLine();
        }

        terminal.WriteLine(
            different.Count == 0
                ? "Stripe has all that the catalog says."
                : $"{different.Count} different. setup --yes makes Stripe say what the catalog says."
        );
    }
}
