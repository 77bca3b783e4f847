using System.CommandLine;
using Npgsql;
using Spectre.Console;
using Tollgate.Settings;

namespace Tollgate.Commands;

/// <summary><c>billing off|on|status</c>: the switch, without a deploy.</summary>
internal sealed class BillingCommand : IHostCommand
{
    public Command Create(CommandRun run)
    {
        var command = new Command("billing", "Switch billing off or on while the hosts run.");
        command.Subcommands.Add(
            CreateTurn(run, isOn: false, "off", "Every gate opens, nothing is sold, Stripe's events wait.")
        );
        command.Subcommands.Add(
            CreateTurn(run, isOn: true, "on", "Gates decide again, and what waited is applied in order.")
        );
        command.Subcommands.Add(
            run.Does(
                new Command("status", "Whether billing is on, and who said so last."),
                (parsed, cancellationToken) => ShowAsync(run, parsed, cancellationToken)
            )
        );
        return command;
    }

    private static Command CreateTurn(CommandRun run, bool isOn, string name, string description)
    {
        var why = OperatorOptions.Why();
        var by = OperatorOptions.By();
        return run.Does(
            new Command(name, description) { why, by },
            async (parsed, cancellationToken) =>
            {
                await run.Get<SetBillingSwitch>()
                    .RunAsync(isOn, parsed.GetRequiredValue(why), parsed.GetRequiredValue(by), cancellationToken);
                return await ShowAsync(run, parsed, cancellationToken);
            }
        );
    }

    private static async Task<int> ShowAsync(CommandRun run, ParseResult parsed, CancellationToken cancellationToken)
    {
        var last = await SwitchChange.ReadLastAsync(run.Get<NpgsqlDataSource>(), cancellationToken);
        var environment = run.Get<TollgateOptions>().BillingEnabled;
        run.Answer(
            parsed,
            new
            {
                IsOn = environment && last is not { IsOn: false },
                Environment = environment,
                LastChange = last,
            },
            terminal => Show(terminal, environment, last)
        );
        return HostCommands.Done;
    }

    private static void Show(IAnsiConsole terminal, bool environment, SwitchChange? last)
    {
        terminal.MarkupLineInterpolated($"Billing is {(environment && last is not { IsOn: false } ? "on" : "off")}.");
        if (last is not null)
        {
            terminal.MarkupLineInterpolated(
                $"{(last.IsOn ? "on" : "off")} since {last.SetAt:u} by {last.Author}: {last.Why}"
            );
        }

        if (!environment)
        {
            terminal.WriteLine("BILLING_ENABLED=false in this environment wins, whatever was said.");
        }
    }
}
