using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Tollgate.Http;
using Tollgate.Settings;
using Tollgate.Startup;

namespace Tollgate.Commands;

/// <summary>What every command has: the host's services, and an answer for people and one for programs.</summary>
public sealed class CommandRun
{
    internal static readonly Option<bool> Json = new("--json") { Description = "Answer as JSON.", Recursive = true };

    internal static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "When it fails, show everything that is known of why.",
        Recursive = true,
    };

    private static readonly JsonSerializerOptions Indented = new(BillingJson.Options) { WriteIndented = true };

    // of a file: a line that is broken is not found again
    private const int NoEdge = 10_000;

    private readonly IServiceProvider services;
    private readonly TextWriter output;
    private readonly TextWriter error;

    internal CommandRun(IServiceProvider services, TextWriter output, TextWriter error)
    {
        this.services = services;
        this.output = output;
        this.error = error;
    }

    /// <summary>One of the host's services, or a class that is made of them.</summary>
    public T Get<T>()
        where T : notnull => ActivatorUtilities.GetServiceOrCreateInstance<T>(services);

    /// <summary>Makes a command do something, once the database and Stripe that it needs are there.</summary>
    /// <param name="actAsync">Answers the exit code: 0 done, 1 refused or something found wrong.</param>
    public Command Does(Command command, Func<ParseResult, CancellationToken, Task<int>> actAsync) =>
        WithSteps(command, needsDatabase: true, actAsync);

    /// <summary>The same for one that asks Stripe alone, where no database need be.</summary>
    internal Command DoesAtStripe(Command command, Func<ParseResult, CancellationToken, Task<int>> actAsync) =>
        WithSteps(command, needsDatabase: false, actAsync);

    /// <summary>Writes the command's answer, the only thing on standard output.</summary>
    /// <param name="value">What <c>--json</c> shows, in snake case.</param>
    /// <param name="show">What people see.</param>
    public void Answer<T>(ParseResult parsed, T value, Action<IAnsiConsole> show)
    {
        if (parsed.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(value, Indented));
            return;
        }

        show(Terminal());
    }

    /// <summary>A refusal is answered as a problem, and is a failure: answers the exit code 1.</summary>
    public int Refuse(ParseResult parsed, Refusal refusal)
    {
        Answer(
            parsed,
            new
            {
                refusal.Code,
                refusal.Title,
                refusal.Detail,
            },
            terminal => terminal.MarkupLineInterpolated($"[red]{refusal.Title}[/] {refusal.Detail} ({refusal.Code})")
        );
        return HostCommands.Failed;
    }

    /// <summary>
    /// Says on standard error how far a long work is: as a bar where a person reads it, else a line now and then. Of 0
    /// means that nobody knows how much there is.
    /// </summary>
    internal async Task<T> WithProgressAsync<T>(string what, Func<Action<int, int>, Task<T>> workAsync)
    {
        if (Console.IsErrorRedirected || error != Console.Error)
        {
            var lines = new CommandProgress(what, error, services.GetRequiredService<TimeProvider>());
            return await workAsync(lines.Report);
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return await terminal
            .Progress()
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(what);
                return await workAsync(
                    (done, all) =>
                    {
                        bar.IsIndeterminate = all == 0;
                        bar.Description = all == 0 ? $"{what}, {done} so far" : what;
                        bar.MaxValue = Math.Max(all, 1);
                        bar.Value = done;
                    }
                );
            });
    }

    private Command WithSteps(
        Command command,
        bool needsDatabase,
        Func<ParseResult, CancellationToken, Task<int>> actAsync
    )
    {
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (!services.GetRequiredService<HostRun>().HasStarted)
                {
                    services.GetRequiredService<CheckSettings>().RunForCommand();
                    await services.RunCommandStepsAsync(needsDatabase, cancellationToken);
                }

                return await actAsync(parsed, cancellationToken);
            }
        );
        return command;
    }

    private IAnsiConsole Terminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            terminal.Profile.Width = NoEdge;
            terminal.Profile.Capabilities.Ansi = false;
        }

        return terminal;
    }
}
