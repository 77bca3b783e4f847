using System.CommandLine;
using Spectre.Console;
using Tollgate.Lifecycle;

namespace Tollgate.Commands;

/// <summary><c>close TENANT</c>: the customer leaves for good. Without <c>--yes</c> it says what it would do.</summary>
internal sealed class CloseCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var tenant = OperatorOptions.Tenant();
        var why = new Option<string>("--why")
        {
            Description = "Kept at Stripe and in the audit; it names nobody.",
            DefaultValueFactory = _ => "closed by an operator",
        };
        var yes = new Option<bool>("--yes") { Description = "Do it. It cannot be undone." };
        var command = new Command("close", "Cancel everything at Stripe, then erase the account's people.")
        {
            tenant,
            why,
            yes,
        };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var account = parsed.GetRequiredValue(tenant);
                var close = run.Get<CloseAccount>();
                var planned = await close.PlanAsync(account, cancellationToken);
                if (planned.Refusal is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                var plan = planned.Value!;
                if (plan.ClosedAt is not null || !parsed.GetValue(yes))
                {
                    run.Answer(parsed, Shown(plan, plan.ClosedAt), terminal => Show(terminal, plan));
                    return HostCommands.Done;
                }

                var closed = await close.RunAsync(account, parsed.GetRequiredValue(why), cancellationToken);
                if (closed.Refusal is { } no)
                {
                    return run.Refuse(parsed, no);
                }

                run.Answer(
                    parsed,
                    Shown(plan, closed.Value),
                    terminal =>
                    {
                        Show(terminal, plan);
                        terminal.MarkupLineInterpolated($"{account.Value} is closed since {closed.Value:u}");
                    }
                );
                return HostCommands.Done;
            }
        );
    }

    private static object Shown(ClosingPlan plan, DateTimeOffset? closedAt) =>
        new
        {
            Account = plan.Account.Value,
            ClosedAt = closedAt,
            plan.Subscriptions,
            plan.CheckoutSessions,
            plan.Customers,
        };

    private static void Show(IAnsiConsole terminal, ClosingPlan plan)
    {
        if (plan.ClosedAt is { } closedAt)
        {
            terminal.MarkupLineInterpolated($"{plan.Account.Value} is closed since {closedAt:u}");
            return;
        }

        Print("cancel at once", plan.Subscriptions);
        Print("expire        ", plan.CheckoutSessions);
        Print("erase         ", plan.Customers);
        terminal.MarkupLineInterpolated($"erase          names, addresses and mails of {plan.Account.Value}");

        void Print(string what, IReadOnlyList<string> ids)
        {
            foreach (var id in ids)
            {
                terminal.MarkupLineInterpolated($"{what} {id}");
            }
        }
    }
}
