using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Http;
using Tollgate.Insight;
using Tollgate.Storage;
using Tollgate.Subscriptions;

namespace Tollgate.Commands;

/// <summary><c>override set|end TENANT</c>: a tier by hand until a time, or taken back.</summary>
internal sealed class OverrideCommand : IHostCommand
{
    private readonly Argument<AccountId> tenant = OperatorOptions.Tenant();
    private readonly Option<string> why = OperatorOptions.Why();
    private readonly Option<string> by = OperatorOptions.By();

    public Command Create(CommandRun run)
    {
        var command = new Command("override", "Set an account's tier by hand, or take that back.");
        command.Subcommands.Add(CreateSet(run));
        command.Subcommands.Add(CreateEnd(run));
        return command;
    }

    private Command CreateSet(CommandRun run)
    {
        var plan = new Option<string>("--plan") { Description = "A plan of the catalog.", Required = true };
        var until = OperatorOptions.Time(
            "--until",
            "When it ends by itself: 2026-12-31, UTC. Without it: never, for plans that are sold off Stripe."
        );
        return run.Does(
            new Command("set", "The tier wins over Stripe's until it ends.") { tenant, plan, until, why, by },
            async (parsed, cancellationToken) =>
            {
                var tier = parsed.GetRequiredValue(plan);
                var ending = parsed.GetValue(until);
                if (run.Get<SetOverride>().FindFault(tier, ending) is { } fault)
                {
                    return run.Refuse(parsed, new InvalidRequest(fault));
                }

                return await WriteAsync(
                    run,
                    parsed,
                    (overrides, account, author, reason) =>
                        overrides.RunAsync(account, tier, author, reason, ending, cancellationToken),
                    cancellationToken
                );
            }
        );
    }

    private Command CreateEnd(CommandRun run) =>
        run.Does(
            new Command("end", "What Stripe says holds again, at once.") { tenant, why, by },
            (parsed, cancellationToken) =>
                WriteAsync(
                    run,
                    parsed,
                    (overrides, account, author, reason) =>
                        overrides.ClearAsync(account, author, reason, cancellationToken),
                    cancellationToken
                )
        );

    private async Task<int> WriteAsync(
        CommandRun run,
        ParseResult parsed,
        Func<SetOverride, AccountId, string, string, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        var account = parsed.GetRequiredValue(tenant);
        await using var db = await run.Get<IDbContextFactory<TollgateDb>>().CreateDbContextAsync(cancellationToken);
        if (!await db.Set<BillingAccount>().AnyAsync(row => row.AccountId == account, cancellationToken))
        {
            return run.Refuse(parsed, new AccountNotFound(account.Value));
        }

        try
        {
            var overrides = run.Get<SetOverride>();
            await writeAsync(overrides, account, parsed.GetRequiredValue(by), parsed.GetRequiredValue(why));
        }
        catch (TimeoutException)
        {
            return run.Refuse(parsed, new BillingBusy()); // somebody else has been changing the account for a minute
        }

        await ShowAsync(run, parsed, account, cancellationToken);
        return HostCommands.Done;
    }

    private static async Task ShowAsync(
        CommandRun run,
        ParseResult parsed,
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        var gate = run.Get<AccessGate>();
        gate.Forget(account); // what was just written may not have been notified yet
        var (state, decision) = await gate.DecideAsync(account, cancellationToken);
        var now = run.Get<BillingClock>().Now;
        var access = AccessSentence.Of(account, state, decision, run.Get<PlanCatalog>(), now);
        run.Answer(
            parsed,
            new
            {
                Account = account.Value,
                Plan = decision.Plan.Id,
                Access = access,
                state.OverrideUntil,
            },
            terminal => terminal.MarkupLineInterpolated($"{access}")
        );
    }
}
