using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Standalone.Storage;
using Tollgate;
using Tollgate.Commands;

namespace Standalone.Webhooks;

/// <summary>
/// <c>webhooks add</c>, <c>list</c>, <c>rotate</c>, <c>remove</c>, <c>test</c>, <c>deliveries</c>, <c>replay</c>: which
/// addresses of the app's are told what happened, and what became of it.
/// </summary>
internal sealed class WebhooksCommand : IHostCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "wep_..., as `webhooks list` shows it." };

    public Command Create(CommandRun run) =>
        new("webhooks", "Webhooks to the app.")
        {
            MakeAdd(run),
            MakeList(run),
            MakeRotate(run),
            MakeRemove(run),
            MakeTest(run),
            DeliveryCommands.MakeList(run),
            DeliveryCommands.MakeReplay(run),
        };

    private static Command MakeAdd(CommandRun run)
    {
        var url = new Argument<Uri>("url")
        {
            Description = "Where to post: https, or http on this machine.",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && IsUsable(address))
                {
                    return address;
                }

                result.AddError("Webhooks go to an https address, or to http on this machine.");
                return null;
            },
        };
        var types = new Option<string[]>("--type")
        {
            Description =
                $"What it wants, as often as one likes: {string.Join(", ", WebhookMessage.Types)}. Default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        types.AcceptOnlyFromAmong(WebhookMessage.Types);
        return run.Does(
            new Command("add", "Add an address, and show the secret that signs what it gets.") { url, types },
            async (parsed, cancellationToken) =>
            {
                var secret = WebhookSecrets.Make();
                var endpoint = new WebhookEndpoint
                {
                    Id = $"wep_{Guid.NewGuid():N}",
                    Url = parsed.GetRequiredValue(url).AbsoluteUri,
                    Types = parsed.GetValue(types) ?? [],
                    Secret = run.Get<WebhookSecrets>().Protect(secret),
                    CreatedAt = run.Get<TimeProvider>().GetUtcNow(),
                };
                await using var db = await run.OpenAsync(cancellationToken);
                db.Add(endpoint);
                await db.SaveChangesAsync(cancellationToken);
                return Show(run, parsed, endpoint, secret);
            }
        );
    }

    private static Command MakeList(CommandRun run) =>
        run.Does(
            new Command("list", "All addresses, without their secrets."),
            async (parsed, cancellationToken) =>
            {
                await using var db = await run.OpenAsync(cancellationToken);
                var endpoints = await db.Set<WebhookEndpoint>()
                    .AsNoTracking()
                    .OrderBy(row => row.CreatedAt)
                    .Select(row => new
                    {
                        row.Id,
                        row.Url,
                        row.Types,
                        row.EndedAt,
                        Waiting = db.Set<WebhookDelivery>()
                            .Count(one => one.EndpointId == row.Id && one.State == WebhookDelivery.Waiting),
                        Dead = db.Set<WebhookDelivery>()
                            .Count(one => one.EndpointId == row.Id && one.State == WebhookDelivery.Dead),
                    })
                    .ToListAsync(cancellationToken);
                run.Answer(
                    parsed,
                    endpoints,
                    terminal =>
                    {
                        var table = new Table { Border = TableBorder.Simple };
                        table.AddColumns("Id", "Address", "Types", "Waiting", "Dead", "");
                        foreach (var one in endpoints)
                        {
                            table.AddRow(
                                new Text(one.Id),
                                new Text(one.Url),
                                new Text(one.Types is [] ? "all" : string.Join(", ", one.Types)),
                                new Text($"{one.Waiting}"),
                                new Text($"{one.Dead}"),
                                new Text(one.EndedAt is null ? "" : "ended")
                            );
                        }

                        terminal.WriteTable(table);
                    }
                );
                return 0;
            }
        );

    private static Command MakeRotate(CommandRun run)
    {
        var hours = new Option<int>("--overlap-hours")
        {
            Description = "How long the former secret signs beside the new one. Default: 24.",
            DefaultValueFactory = _ => 24,
        };
        return run.Does(
            new Command("rotate", "Make another secret; the former one signs too for a while.") { Id, hours },
            async (parsed, cancellationToken) =>
            {
                await using var db = await run.OpenAsync(cancellationToken);
                if (await FindAsync(db, parsed, cancellationToken) is not { } endpoint)
                {
                    return run.Refuse(parsed, new WebhookEndpointNotFound());
                }

                var secret = WebhookSecrets.Make();
                var rotated = endpoint with
                {
                    Secret = run.Get<WebhookSecrets>().Protect(secret),
                    FormerSecret = endpoint.Secret,
                    FormerUntil = run.Get<TimeProvider>().GetUtcNow().AddHours(Math.Max(0, parsed.GetValue(hours))),
                };
                db.Update(rotated);
                await db.SaveChangesAsync(cancellationToken);
                return Show(run, parsed, rotated, secret);
            }
        );
    }

    private static Command MakeRemove(CommandRun run) =>
        run.Does(
            new Command("remove", "Tell an address nothing any more; what waits for it is not sent.") { Id },
            async (parsed, cancellationToken) =>
            {
                await using var db = await run.OpenAsync(cancellationToken);
                if (await FindAsync(db, parsed, cancellationToken) is not { } endpoint)
                {
                    return run.Refuse(parsed, new WebhookEndpointNotFound());
                }

                var ended = endpoint with { EndedAt = run.Get<TimeProvider>().GetUtcNow() };
                db.Update(ended);
                await db.SaveChangesAsync(cancellationToken);
                run.Answer(
                    parsed,
                    new { ended.Id, ended.Url },
                    terminal => terminal.MarkupLineInterpolated($"{ended.Url} is told nothing any more.")
                );
                return 0;
            }
        );

    private static Command MakeTest(CommandRun run) =>
        run.Does(
            new Command("test", $"Send an address a {WebhookMessage.TestType}, through the service that runs.") { Id },
            async (parsed, cancellationToken) =>
            {
                var now = run.Get<TimeProvider>().GetUtcNow();
                await using var db = await run.OpenAsync(cancellationToken);
                if (await FindAsync(db, parsed, cancellationToken) is not { } endpoint)
                {
                    return run.Refuse(parsed, new WebhookEndpointNotFound());
                }

                var message = WebhookMessage.Test(now);
                db.Add(
                    new WebhookDelivery
                    {
                        EndpointId = endpoint.Id,
                        MessageId = message.Id,
                        AccountId = "",
                        Type = message.Type,
                        Body = message.Body,
                        State = WebhookDelivery.Waiting,
                        NotBefore = now,
                        CreatedAt = now,
                    }
                );
                await db.SaveChangesAsync(cancellationToken);
                run.Answer(
                    parsed,
                    new { message.Id, endpoint.Url },
                    terminal =>
                        terminal.MarkupLineInterpolated(
                            $"{message.Id} is queued for {endpoint.Url}; `webhooks deliveries` shows what became of it."
                        )
                );
                return 0;
            }
        );

    private static bool IsUsable(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static Task<WebhookEndpoint?> FindAsync(
        StandaloneDb db,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var id = parsed.GetRequiredValue(Id);
        return db.Set<WebhookEndpoint>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancellationToken);
    }

    private static int Show(CommandRun run, ParseResult parsed, WebhookEndpoint endpoint, string secret)
    {
        run.Answer(
            parsed,
            new
            {
                endpoint.Id,
                endpoint.Url,
                endpoint.Types,
                Secret = secret,
            },
            terminal =>
            {
                terminal.MarkupLineInterpolated($"{endpoint.Url} ({endpoint.Id})");
                terminal.MarkupLineInterpolated($"{secret}");
                terminal.WriteLine("It is not shown again.");
            }
        );
        return 0;
    }
}

/// <summary>No address has that id, or it was removed.</summary>
internal sealed record WebhookEndpointNotFound()
    : Refusal("webhook_endpoint_not_found", 404, "There is no such address.", "See `webhooks list`.");
