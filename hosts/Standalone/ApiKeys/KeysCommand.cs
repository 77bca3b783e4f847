using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Standalone.Storage;
using Tollgate;
using Tollgate.Commands;

namespace Standalone.ApiKeys;

/// <summary><c>keys create</c>, <c>list</c>, <c>rotate</c>, <c>revoke</c>: who may call the API.</summary>
internal sealed class KeysCommand : IHostCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "key_..., as `keys list` shows it." };

    public Command Create(CommandRun run) =>
        new("keys", "Keys of the API.") { MakeCreate(run), MakeList(run), MakeRotate(run), MakeRevoke(run) };

    private static Command MakeCreate(CommandRun run)
    {
        var name = new Option<string>("--name") { Description = "Whose it is, for people.", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What it may do, as often as one likes: {string.Join(", ", ApiScope.All)}. Default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        scopes.AcceptOnlyFromAmong(ApiScope.All);
        var days = new Option<int?>("--days") { Description = "After how many days it ends. Default: never." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("A key holds for one day or more.");
            }
        });
        return run.Does(
            new Command("create", "Make a key, and show its secret: once, as it is kept nowhere.")
            {
                name,
                scopes,
                days,
            },
            async (parsed, cancellationToken) =>
            {
                var now = run.Get<TimeProvider>().GetUtcNow();
                var wanted = parsed.GetValue(scopes) is { Length: > 0 } some ? some.Distinct().ToArray() : ApiScope.All;
                var (key, secret) = ApiKey.Make(parsed.GetRequiredValue(name), wanted, now);
                key = key with { EndsAt = parsed.GetValue(days) is { } count ? now.AddDays(count) : null };
                await using var db = await run.OpenAsync(cancellationToken);
                db.Add(key);
                await db.SaveChangesAsync(cancellationToken);
                return Show(run, parsed, key, secret);
            }
        );
    }

    private static Command MakeList(CommandRun run) =>
        run.Does(
            new Command("list", "All keys, without their secrets."),
            async (parsed, cancellationToken) =>
            {
                await using var db = await run.OpenAsync(cancellationToken);
                var keys = await db.Set<ApiKey>()
                    .AsNoTracking()
                    .OrderBy(key => key.CreatedAt)
                    .ToListAsync(cancellationToken);
                run.Answer(
                    parsed,
                    keys.Select(key => new
                    {
                        key.Id,
                        key.Name,
                        key.Scopes,
                        key.CreatedAt,
                        key.EndsAt,
                    }),
                    terminal => Show(terminal, keys)
                );
                return 0;
            }
        );

    private static Command MakeRotate(CommandRun run)
    {
        var hours = new Option<int>("--overlap-hours")
        {
            Description = "How long the former one goes on beside it. Default: 24.",
            DefaultValueFactory = _ => 24,
        };
        return run.Does(
            new Command("rotate", "Make a key like another, which ends after a while.") { Id, hours },
            async (parsed, cancellationToken) =>
            {
                var now = run.Get<TimeProvider>().GetUtcNow();
                await using var db = await run.OpenAsync(cancellationToken);
                if (await FindAsync(db, parsed, cancellationToken) is not { } former || !former.HoldsAt(now))
                {
                    return run.Refuse(parsed, new ApiKeyNotFound());
                }

                var (key, secret) = ApiKey.Make(former.Name, former.Scopes, now);
                var end = now.AddHours(Math.Max(0, parsed.GetValue(hours)));
                db.Add(key);
                db.Update(former with { EndsAt = former.EndsAt < end ? former.EndsAt : end });
                await db.SaveChangesAsync(cancellationToken);
                return Show(run, parsed, key, secret);
            }
        );
    }

    private static Command MakeRevoke(CommandRun run) =>
        run.Does(
            new Command("revoke", "End a key now; nodes know it within ten seconds.") { Id },
            async (parsed, cancellationToken) =>
            {
                var now = run.Get<TimeProvider>().GetUtcNow();
                await using var db = await run.OpenAsync(cancellationToken);
                if (await FindAsync(db, parsed, cancellationToken) is not { } key)
                {
                    return run.Refuse(parsed, new ApiKeyNotFound());
                }

                if (key.HoldsAt(now))
                {
                    key = key with { EndsAt = now };
                    db.Update(key);
                    await db.SaveChangesAsync(cancellationToken);
                }

                run.Answer(
                    parsed,
                    new { key.Id, key.EndsAt },
                    terminal => terminal.MarkupLineInterpolated($"{key.Name} ({key.Id}) opens nothing any more.")
                );
                return 0;
            }
        );

    private static Task<ApiKey?> FindAsync(StandaloneDb db, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Id);
        return db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
    }

    private static int Show(CommandRun run, ParseResult parsed, ApiKey key, string secret)
    {
        run.Answer(
            parsed,
            new
            {
                key.Id,
                key.Name,
                key.Scopes,
                key.EndsAt,
                Secret = secret,
            },
            terminal =>
            {
                terminal.MarkupLineInterpolated($"{key.Name} ({key.Id}): {string.Join(", ", key.Scopes)}");
                terminal.MarkupLineInterpolated($"{secret}");
                terminal.WriteLine("It is not shown again.");
            }
        );
        return 0;
    }

    private static void Show(IAnsiConsole terminal, IEnumerable<ApiKey> keys)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Id", "Name", "Scopes", "Made", "Ends");
        foreach (var key in keys)
        {
            table.AddRow(
                new Text(key.Id),
                new Text(key.Name),
                new Text(string.Join(", ", key.Scopes)),
                new Text(key.CreatedAt.ToString("u", CultureInfo.InvariantCulture)),
                new Text(key.EndsAt?.ToString("u", CultureInfo.InvariantCulture) ?? "-")
            );
        }

        terminal.WriteTable(table);
    }
}

/// <summary>No key has that id, or it has ended.</summary>
internal sealed record ApiKeyNotFound()
    : Refusal("api_key_not_found", 404, "There is no such key.", "See `keys list`; one that has ended is not rotated.");
