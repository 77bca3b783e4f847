using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Startup;

namespace Tollgate.Hosting;

/// <summary>Runs a host: first the steps that must stand, then the server.</summary>
public static class TollgateRun
{
    /// <summary>
    /// Makes the host and runs it, as <see cref="RunTollgateAsync"/> does. A setting that decides what the host is made
    /// of, and is wrong, is one line as well.
    /// </summary>
    public static async Task<int> RunAsync(Func<string[], WebApplication> create, string[] args)
    {
        WebApplication app;
        try
        {
            app = create(args);
        }
        catch (Exception failure) when (StartupFailure.Line(failure) is { } line)
        {
            // there is no host yet whose way of ending could be taken
            await Console.Error.WriteLineAsync(line);
            return 1;
        }

        return await app.RunTollgateAsync(args);
    }

    /// <summary>
    /// Runs the command that the arguments name (<c>doctor</c>, <c>explain acme</c>; <c>--help</c> lists them), or else
    /// the start-up steps, and serves until stopped. What prevents the start is one line on standard error and exit
    /// code 1, with nothing half-started.
    /// </summary>
    /// <param name="args">The executable's own, which are found where none are given.</param>
    public static async Task<int> RunTollgateAsync(this WebApplication app, params string[] args)
    {
        args = args is [] ? Environment.GetCommandLineArgs()[1..] : args;
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            app.Services.GetService<PlanCatalog>(); // a wrong one stops everything, commands too
            if (NameCommand(args))
            {
                return app.Services.GetService<ICommandLine>() is { } commands
                    ? await commands.RunAsync(app, args)
                    : throw new StartupException(
                        $"This host has no command {args[0]}: add the package Tollgate.Commands, and call "
                            + "services.AddTollgateCommands()."
                    );
            }

            app.Services.GetRequiredService<StartupProgress>().Lines = Console.Out;
            await StartInterruptiblyAsync(app);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0; // stopped while starting
        }
        catch (Exception failure) when (StartupFailure.Line(failure) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>
    /// Runs the start-up steps, then starts serving, and returns. For tests that run a host in their own process.
    /// </summary>
    public static async Task StartTollgateAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<CheckSettings>().Run();
        HostPages.CheckFiles(app);
        await app.Services.RunStartupStepsAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        if (app.Services.GetService<PlanCatalog>() is not null)
        {
            PagesOfHost.Check(
                app.Services.GetRequiredService<EndpointDataSource>().Endpoints,
                app.Services.GetRequiredService<TollgateOptions>(),
                app.Logger
            );
        }
    }

    /// <summary>Settings begin with <c>--</c> and have a value; a command begins with a word.</summary>
    private static bool NameCommand(string[] args) =>
        args is ["--help" or "-h" or "-?", ..] || (args is [var first, ..] && !first.StartsWith('-'));

    /// <summary>
    /// The host listens to signals only once it has started; the steps before may take a minute, and what they started
    /// must be stopped too.
    /// </summary>
    private static async Task StartInterruptiblyAsync(WebApplication app)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await app.StartTollgateAsync(app.Lifetime.ApplicationStopping);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
        }
    }
}

/// <summary>The commands that a host's own executable understands; the package Tollgate.Commands brings them.</summary>
internal interface ICommandLine
{
    /// <returns>The exit code: 0 when done.</returns>
    Task<int> RunAsync(WebApplication app, string[] args);
}
