using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Tollgate.Changes;
using Tollgate.Storage;

namespace Tollgate.Commands;

/// <summary><c>quotes TENANT</c>: what was shown and what was charged, side by side.</summary>
internal sealed class QuotesCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var tenant = OperatorOptions.Tenant();
        var command = new Command("quotes", "Previews and applied changes of an account, side by side.") { tenant };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var account = parsed.GetRequiredValue(tenant);
                var contexts = run.Get<IDbContextFactory<TollgateDb>>();
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var quotes = await db.Set<Quote>()
                    .AsNoTracking()
                    .Where(quote => quote.AccountId == account)
                    .OrderByDescending(quote => quote.CreatedAt)
                    .ToListAsync(cancellationToken);
                run.Answer(parsed, quotes, terminal => Show(terminal, quotes));
                return HostCommands.Done;
            }
        );
    }

    private static void Show(IAnsiConsole terminal, IReadOnlyList<Quote> quotes)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("proration_date", "Change", "Shown", "Due now", "State", "Applied", "Invoice", "");
        foreach (var quote in quotes)
        {
            table.AddRow(
                new Text(quote.ProrationDate.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                new Text($"{quote.Seats} x {quote.Price}"),
                new Text(new Money(quote.AmountDue, quote.Currency).ToText()),
                new Text(new Money(quote.DueNow, quote.Currency).ToText()),
                new Text(quote.State.ToString().ToLowerInvariant()),
                new Text(quote.AppliedAmount is { } applied ? new Money(applied, quote.Currency).ToText() : "-"),
                new Text(quote.InvoiceId ?? "-"),
                new Text(quote.AppliedAmount is { } charged && charged != quote.AmountDue ? "MISMATCH" : "")
            );
        }

        terminal.WriteTable(table);
    }
}
