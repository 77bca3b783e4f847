using System.CommandLine;
using Spectre.Console;
using Tollgate.Lifecycle;

namespace Tollgate.Commands;

/// <summary><c>cancel TENANT</c>: a customer who cannot cancel.</summary>
internal sealed class CancelCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var tenant = OperatorOptions.Tenant();
        var why = new Option<string>("--why") { Description = "Kept at Stripe.", Required = true };
        var now = new Option<bool>("--now") { Description = "At once, not at the end of what is paid." };
        var command = new Command("cancel", "Cancel on a customer's behalf.") { tenant, why, now };
        return run.Does(
            command,
            async (parsed, cancellationToken) =>
            {
                var canceled = await run.Get<CancelForCustomer>()
                    .RunAsync(
                        parsed.GetRequiredValue(tenant),
                        parsed.GetRequiredValue(why),
                        parsed.GetValue(now),
                        cancellationToken
                    );
                if (canceled.Refusal is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                var subscription = canceled.Value!;
                var endsAt = subscription.CancelAt ?? subscription.EndedAt;
                run.Answer(
                    parsed,
                    new
                    {
                        Subscription = subscription.Id,
                        subscription.Status,
                        EndsAt = endsAt,
                    },
                    terminal =>
                        terminal.MarkupLineInterpolated(
                            $"{subscription.Id} is {subscription.Status} and ends {endsAt:u}"
                        )
                );
                return HostCommands.Done;
            }
        );
    }
}
