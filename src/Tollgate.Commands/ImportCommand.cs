using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tollgate.Lifecycle;

namespace Tollgate.Commands;

/// <summary><c>import FILE</c>: who pays through Stripe already, before the first day with Tollgate.</summary>
internal sealed class ImportCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var file = new Argument<FileInfo?>("file")
        {
            Description = "A line for each account: account,cus_...[,sub_...].",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var stdin = new Option<bool>("--stdin") { Description = "Read the lines from standard input." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and change nothing." };
        var command = new Command("import", "Bind accounts to customers that Stripe has already.")
        {
            file,
            stdin,
            dryRun,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(stdin) == (parsed.GetValue(file) is not null))
            {
                parsed.AddError("Give a file or --stdin.");
            }
            else if (parsed.GetValue(file) is { Exists: false } missing)
            {
                parsed.AddError($"There is no file {missing.FullName}.");
            }
        });
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                using var reader = parsed.GetValue(file)?.OpenText();
                var text = await (reader ?? Console.In).ReadToEndAsync(cancellationToken);
                var lines = text.Split('\n');
                var done = await run.WithProgressAsync(
                    "Lines bound",
                    progress =>
                        run.Get<ImportCustomers>().RunAsync(lines, parsed.GetValue(dryRun), progress, cancellationToken)
                );
                run.Answer(parsed, done, terminal => Show(terminal, done));
                return done.Any(line => line.Detail is not null) ? HostCommands.Failed : HostCommands.Done;
            }
        );
    }

    private static void Show(IAnsiConsole terminal, IReadOnlyList<ImportedLine> done)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Line", "", "Outcome", "");
        foreach (var line in done)
        {
            table.AddRow(
                new Text(line.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(line.Text),
                new Text(line.Outcome),
                new Text(line.Detail ?? "")
            );
        }

        terminal.WriteTable(table);
    }
}
