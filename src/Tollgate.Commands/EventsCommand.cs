using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Tollgate.Http;
using Tollgate.Inbox;
using Tollgate.Insight;

namespace Tollgate.Commands;

/// <summary><c>events list|show|replay</c>: the inbox.</summary>
internal sealed class EventsCommand : IHostCommand
{
    private readonly Option<string?> state = new("--state")
    {
        Description = "received, waiting, parked, applied, ignored, quarantined or dead.",
    };

    private readonly Option<string?> type = new("--type") { Description = "Stripe's type: invoice.paid." };
    private readonly Option<string?> reason = new("--reason")
    {
        Description = "Why it is in that state: foreign (another system's), unknown_account, livemode, ...",
    };

    private readonly Option<string?> tenant = new("--tenant") { Description = "Only of this account." };
    private readonly Option<DateTimeOffset?> from = OperatorOptions.Time("--from", "Received at or after, UTC.");
    private readonly Option<DateTimeOffset?> to = OperatorOptions.Time("--to", "Received before, UTC.");
    private readonly Option<string> why = OperatorOptions.Why();
    private readonly Option<string> by = OperatorOptions.By();

    public Command Create(CommandRun run)
    {
        var command = new Command("events", "List, open and replay Stripe's events.");
        command.Subcommands.Add(CreateList(run));
        command.Subcommands.Add(CreateShow(run));
        command.Subcommands.Add(CreateReplay(run));
        return command;
    }

    private Command CreateList(CommandRun run)
    {
        var limit = OperatorOptions.Count("--limit", "At most so many.", usual: 50);
        var list = new Command("list", "The newest first.") { state, reason, type, tenant, from, to, limit };
        return run.Does(
            list,
            async (parsed, cancellationToken) =>
            {
                var filter = ReadFilter(parsed) with { Most = parsed.GetValue(limit) };
                var events = await run.Get<EventList>().ListAsync(filter, cancellationToken);
                run.Answer(parsed, events, terminal => Show(terminal, events));
                return HostCommands.Done;
            }
        );
    }

    private static Command CreateShow(CommandRun run)
    {
        var id = new Argument<string>("event") { Description = "evt_..." };
        var show = new Command("show", "One event, with its bytes as they were signed.") { id };
        return run.Does(
            show,
            async (parsed, cancellationToken) =>
            {
                var eventId = parsed.GetRequiredValue(id);
                if (await run.Get<EventList>().FindAsync(eventId, cancellationToken) is not { } found)
                {
                    return run.Refuse(parsed, new EventNotFound(eventId));
                }

                var isGone = found.Body.Length == 0;
                run.Answer(
                    parsed,
                    new
                    {
                        found.Event,
                        Body = isGone
                            ? JsonSerializer.SerializeToElement(EventList.BodyIsGone)
                            : JsonSerializer.Deserialize<JsonElement>(found.Body),
                    },
                    terminal =>
                    {
                        Show(terminal, [found.Event]);
                        terminal.WriteLine(isGone ? EventList.BodyIsGone : found.Body);
                    }
                );
                return HostCommands.Done;
            }
        );
    }

    private Command CreateReplay(CommandRun run)
    {
        var id = new Argument<string?>("event") { Description = "evt_...", Arity = ArgumentArity.ZeroOrOne };
        var dead = new Option<bool>("--dead") { Description = "All that died." };
        var replay = new Command("replay", "Once more from the beginning: one, a range, or all dead ones.")
        {
            id,
            dead,
            state,
            reason,
            type,
            tenant,
            from,
            to,
            why,
            by,
        };
        return run.Does(
            replay,
            async (parsed, cancellationToken) =>
            {
                var filter = ReadFilter(parsed);
                filter = parsed.GetValue(dead) ? filter with { State = "dead" } : filter;
                var eventId = parsed.GetValue(id);
                if (eventId is null && filter == new EventFilter())
                {
                    return run.Refuse(parsed, new InvalidRequest("Say which: an event, --dead, or a range."));
                }

                return eventId is null
                    ? await ReplayAsync(run, parsed, filter, null, filter.Account, Words(filter), cancellationToken)
                    : await ReplayOneAsync(run, parsed, filter, eventId, cancellationToken);
            }
        );
    }

    private async Task<int> ReplayOneAsync(
        CommandRun run,
        ParseResult parsed,
        EventFilter filter,
        string eventId,
        CancellationToken cancellationToken
    ) =>
        await run.Get<EventList>().FindAsync(eventId, cancellationToken) is { Event: var found }
            ? await ReplayAsync(run, parsed, filter, found, found.Account, eventId, cancellationToken)
            : run.Refuse(parsed, new EventNotFound(eventId));

    private async Task<int> ReplayAsync(
        CommandRun run,
        ParseResult parsed,
        EventFilter filter,
        InboxEvent? only,
        string? account,
        string subject,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        var action = new OperatorAction(
            parsed.GetRequiredValue(by),
            "replay",
            account,
            subject,
            parsed.GetRequiredValue(why)
        );
        var refused = await run.Get<OperatorLog>()
            .DoAsync(
                action,
                async () =>
                {
                    count = await run.Get<EventList>().ReplayAsync(filter, only?.EventId, cancellationToken);
                    return count == 0 && only is not null ? new NothingToReplay(only.State) : null;
                },
                cancellationToken
            );
        if (refused is not null)
        {
            return run.Refuse(parsed, refused);
        }

        run.Answer(
            parsed,
            new { Replayed = count },
            terminal => terminal.MarkupLineInterpolated($"{count} events start again; a serving host applies them.")
        );
        return HostCommands.Done;
    }

    // which events, as the account of who did it keeps it
    private static string Words(EventFilter filter) =>
        string.Join(
            ' ',
            new (string Name, string? Value)[]
            {
                ("state", filter.State),
                ("reason", filter.Reason),
                ("type", filter.Type),
                ("tenant", filter.Account),
                ("from", filter.From?.ToString("u", CultureInfo.InvariantCulture)),
                ("to", filter.To?.ToString("u", CultureInfo.InvariantCulture)),
            }
                .Where(part => part.Value is not null)
                .Select(part => $"{part.Name} {part.Value}")
        );

    private EventFilter ReadFilter(ParseResult parsed) =>
        new(
            parsed.GetValue(state),
            parsed.GetValue(type),
            parsed.GetValue(tenant),
            parsed.GetValue(from),
            parsed.GetValue(to)
        )
        {
            Reason = parsed.GetValue(reason),
        };

    private static void Show(IAnsiConsole terminal, IReadOnlyList<InboxEvent> events)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Received (UTC)", "Event", "Type", "State", "Account", "Reason");
        foreach (var one in events)
        {
            table.AddRow(
                new Text(one.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                new Text(one.EventId),
                new Text(one.Type),
                new Text(one.State),
                new Text(one.Account ?? "-"),
                new Text(one.Reason ?? "")
            );
        }

        terminal.WriteTable(table);
    }
}
