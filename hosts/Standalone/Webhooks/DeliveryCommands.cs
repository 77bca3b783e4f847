using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Standalone.Storage;
using Tollgate;
using Tollgate.Commands;

namespace Standalone.Webhooks;

/// <summary><c>webhooks deliveries</c> and <c>webhooks replay</c>: what was sent, and what is sent again.</summary>
internal static class DeliveryCommands
{
    private static readonly string[] States = [WebhookDelivery.Waiting, WebhookDelivery.Done, WebhookDelivery.Dead];

    public static Command MakeList(CommandRun run)
    {
        var state = new Option<string?>("--state") { Description = string.Join(", ", States) };
        state.AcceptOnlyFromAmong(States);
        var account = new Option<string?>("--account") { Description = "Of one account." };
        var limit = new Option<int>("--limit") { Description = "Default: 50.", DefaultValueFactory = _ => 50 };
        return run.Does(
            new Command("deliveries", "What was sent or waits, the newest first.") { state, account, limit },
            async (parsed, cancellationToken) =>
            {
                var (inState, of) = (parsed.GetValue(state), parsed.GetValue(account));
                await using var db = await run.OpenAsync(cancellationToken);
                var deliveries = await db.Set<WebhookDelivery>()
                    .AsNoTracking()
                    .Where(row => inState == null || row.State == inState)
                    .Where(row => of == null || row.AccountId == of)
                    .OrderByDescending(row => row.Id)
                    .Take(Math.Max(1, parsed.GetValue(limit)))
                    .ToListAsync(cancellationToken);
                run.Answer(parsed, deliveries, terminal => Show(terminal, deliveries));
                return 0;
            }
        );
    }

    public static Command MakeReplay(CommandRun run)
    {
        var message = new Option<string?>("--message") { Description = "msg_...: this one, whatever became of it." };
        var dead = new Option<bool>("--dead") { Description = "All that were given up." };
        var since = new Option<DateTimeOffset?>("--since") { Description = "All from then on, delivered ones, too." };
        var replay = new Command("replay", "Send again, from the first attempt on, under the same ids.")
        {
            message,
            dead,
            since,
        };
        replay.Validators.Add(result =>
        {
            var given = new Option[] { message, dead, since }.Count(option => result.GetResult(option) is not null);
            if (given != 1)
            {
                result.AddError("Say what to send again: --message, --dead or --since, one of them.");
            }
        });
        return run.Does(
            replay,
            async (parsed, cancellationToken) =>
            {
                var (id, from) = (parsed.GetValue(message), parsed.GetValue(since)?.ToUniversalTime());
                var now = run.Get<TimeProvider>().GetUtcNow();
                await using var db = await run.OpenAsync(cancellationToken);
                var count = await db.Set<WebhookDelivery>()
                    .Where(row =>
                        id != null ? row.MessageId == id
                        : from != null ? row.CreatedAt >= from
                        : row.State == WebhookDelivery.Dead
                    )
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(one => one.State, WebhookDelivery.Waiting)
                                .SetProperty(one => one.Attempts, 0)
                                .SetProperty(one => one.NotBefore, now),
                        cancellationToken
                    );
                if (count == 0)
                {
                    return run.Refuse(parsed, new NothingToSendAgain());
                }

                run.Answer(
                    parsed,
                    new { Queued = count },
                    terminal => terminal.MarkupLineInterpolated($"{count} will be sent again.")
                );
                return 0;
            }
        );
    }

    private static void Show(IAnsiConsole terminal, IEnumerable<WebhookDelivery> deliveries)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Message", "Type", "Account", "State", "Attempts", "Made", "Endpoint", "");
        foreach (var one in deliveries)
        {
            table.AddRow(
                new Text(one.MessageId),
                new Text(one.Type),
                new Text(one.AccountId),
                new Text(one.State),
                new Text(one.Attempts.ToString(CultureInfo.InvariantCulture)),
                new Text(one.CreatedAt.ToString("u", CultureInfo.InvariantCulture)),
                new Text(one.EndpointId),
                new Text(one.LastError ?? "")
            );
        }

        terminal.WriteTable(table);
    }
}

/// <summary>Nothing is of that kind.</summary>
internal sealed record NothingToSendAgain()
    : Refusal("nothing_to_send_again", 404, "There is nothing to send again.", "See `webhooks deliveries`.");
