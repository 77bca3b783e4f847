using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tollgate.Insight;

namespace Tollgate.Commands;

/// <summary><c>explain TENANT</c>: paid but no access, and every question like it.</summary>
internal sealed class ExplainCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var tenant = new Argument<string>("tenant")
        {
            Description = "The account's id, or Stripe's id of its customer or subscription.",
        };
        var command = new Command("explain", "Everything that happened to an account, and why its access is as it is.");
        command.Arguments.Add(tenant);
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var explained = await run.Get<Explain>().RunAsync(parsed.GetRequiredValue(tenant), cancellationToken);
                if (explained.Refusal is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                run.Answer(parsed, explained.Value!, terminal => Show(terminal, explained.Value!));
                return HostCommands.Done;
            }
        );
    }

    private static void Show(IAnsiConsole terminal, Explanation explanation)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("When (UTC)", "", "What", "");
        foreach (var entry in explanation.Timeline)
        {
            table.AddRow(
                new Text(entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(entry.Kind.ToString().ToLowerInvariant()),
                new Text(entry.What),
                new Text(entry.Detail)
            );
        }

        terminal.WriteTable(table);
        terminal.MarkupLineInterpolated($"[bold]{explanation.Access}[/]");
    }
}
