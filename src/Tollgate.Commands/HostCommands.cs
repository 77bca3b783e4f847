using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Catalog;
using Tollgate.Hosting;
using Tollgate.Startup;

namespace Tollgate.Commands;

/// <summary>The commands that a host's own executable understands beside serving.</summary>
internal static partial class HostCommands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int NotUnderstood = 2;

    /// <summary>Of commands that are there only in a host that bills.</summary>
    public const string OfBilling = "billing";

    /// <returns>0 when done, 1 when refused or when something was found wrong, 2 when not understood.</returns>
    public static async Task<int> RunAsync(
        WebApplication app,
        string[] args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var parsed = Create(app.Services, output, error).Parse(args);
        var writers = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync(writers, cancellationToken);
            return NotUnderstood;
        }

        app.Services.GetRequiredService<HostRun>().IsCommand = true;
        app.Services.GetRequiredService<StartupProgress>().Lines = error;
        // what a command answers is all that stands on standard output
        app.Configuration["Logging:LogLevel:Default"] = "Warning";
        ((IConfigurationRoot)app.Configuration).Reload();
        try
        {
            return await parsed.InvokeAsync(writers, cancellationToken);
        }
        catch (Exception failure)
        {
            // the last catch of the process: an operator reads a line, and whoever repairs it asks for the rest
            app.Services.GetRequiredService<ILogger<CommandRun>>()
                .LogCommandFailed(failure, parsed.CommandResult.Command.Name);
            await error.WriteLineAsync(CommandFailure.Line(failure));
            if (parsed.GetValue(CommandRun.Verbose))
            {
                await error.WriteLineAsync(failure.ToString());
            }

            return Failed;
        }
    }

    /// <summary>The commands with all their options, as they are parsed.</summary>
    public static RootCommand Create(IServiceProvider services, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Serves when no command is given. Every command takes --json and --help.");
        root.Options.Add(CommandRun.Json);
        root.Options.Add(CommandRun.Verbose);
        var ofBilling = services.GetService<PlanCatalog>() is null
            ? []
            : services.GetKeyedServices<IHostCommand>(OfBilling);
        foreach (var command in services.GetServices<IHostCommand>().Concat(ofBilling))
        {
            root.Subcommands.Add(command.Create(new CommandRun(services, output, error)));
        }

        return root;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The command {Command} failed.")]
    private static partial void LogCommandFailed(this ILogger logger, Exception failure, string command);
}

/// <summary>
/// One command of the host's executable, or one with commands below it. It resolves what it needs only when it runs.
/// A host registers its own as singletons.
/// </summary>
public interface IHostCommand
{
    /// <summary>The command, made to do something by <see cref="CommandRun.Does"/>.</summary>
    Command Create(CommandRun run);
}

/// <summary>What the host's executable was called with, answered on its own output.</summary>
internal sealed class CommandLine : ICommandLine
{
    public Task<int> RunAsync(WebApplication app, string[] args) =>
        HostCommands.RunAsync(app, args, Console.Out, Console.Error, app.Lifetime.ApplicationStopping);
}
