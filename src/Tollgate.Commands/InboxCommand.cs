using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tollgate.Inbox;

namespace Tollgate.Commands;

/// <summary><c>inbox partitions|detach</c>: the bodies of events by month.</summary>
internal sealed class InboxCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var command = new Command("inbox", "The bodies of events by month: list them, take old months out.");
        command.Subcommands.Add(CreatePartitions(run));
        command.Subcommands.Add(CreateDetach(run));
        return command;
    }

    private static Command CreatePartitions(CommandRun run) =>
        run.Does(
            new Command("partitions", "Each partition with its month, rows (an estimate) and size."),
            async (parsed, cancellationToken) =>
            {
                var all = await run.Get<InboxPartitions>().ListAsync(cancellationToken);
                run.Answer(parsed, all, terminal => Show(terminal, all));
                return HostCommands.Done;
            }
        );

    private static Command CreateDetach(CommandRun run)
    {
        var before = OperatorOptions.Month("--before", "The first month that stays: 2026-06, UTC.");
        var yes = new Option<bool>("--yes") { Description = "Do it. The tables remain until you drop them." };
        return run.Does(
            new Command("detach", "Take the bodies of older months out, each as a table of its own.") { before, yes },
            async (parsed, cancellationToken) =>
            {
                var detach = run.Get<DetachPartitions>();
                var first = parsed.GetRequiredValue(before);
                var isMeant = parsed.GetValue(yes);
                var answer = isMeant
                    ? await detach.RunAsync(first, cancellationToken)
                    : await detach.PlanAsync(first, cancellationToken);
                if (answer.Refusal is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                var months = answer.Value!;
                run.Answer(
                    parsed,
                    new { Detached = isMeant, Months = months },
                    terminal => Show(terminal, months, isMeant, first)
                );
                return HostCommands.Done;
            }
        );
    }

    private static void Show(IAnsiConsole terminal, IReadOnlyList<InboxPartition> partitions)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Month", "Table", "Rows", "Size");
        foreach (var one in partitions)
        {
            table.AddRow(
                new Text(one.Month is { } month ? InboxPartitions.Text(month) : "default"),
                new Text($"billing.{one.Name}"),
                new Text(Rows(one.Rows)),
                new Text(Size(one.Bytes))
            );
        }

        terminal.WriteTable(table);
    }

    private static void Show(IAnsiConsole terminal, IReadOnlyList<DetachedMonth> months, bool isDone, DateOnly before)
    {
        if (months.Count == 0)
        {
            terminal.MarkupLineInterpolated($"There is no month before {InboxPartitions.Text(before)} to detach.");
        }

        foreach (var one in months)
        {
            var verb = isDone ? "detached" : "would detach";
            terminal.MarkupLineInterpolated(
                $"{verb} {InboxPartitions.Text(one.Month)} as {one.Table} (rows {Rows(one.Rows)}, {Size(one.Bytes)})"
            );
        }
    }

    private static string Rows(long? estimate) =>
        estimate is { } rows ? $"about {rows.ToString(CultureInfo.InvariantCulture)}" : "not counted yet";

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.0} MiB");
}
