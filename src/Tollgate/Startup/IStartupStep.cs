using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tollgate.Startup;

/// <summary>
/// Work that is done before the host serves, in the order in which the steps were registered: start what Development
/// brings, check the settings, migrate, seed.
/// </summary>
public interface IStartupStep
{
    /// <summary>Does it. What it throws ends the start.</summary>
    /// <exception cref="StartupException">The start cannot go on; the message is shown as one line.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>How a host adds its own steps.</summary>
public static class StartupSteps
{
    /// <summary>Adds a step after those that were added before. It is made only when its turn has come.</summary>
    /// <param name="forCommands">
    /// True for what a command needs as well as a server does: the database and the Stripe that Development brings. A
    /// command does not even make the others, which may want settings that it has not.
    /// </param>
    public static IServiceCollection AddStartupStep<TStep>(this IServiceCollection services, bool forCommands = false)
        where TStep : class, IStartupStep
    {
        services.TryAddSingleton<TStep>();
        return services.AddSingleton(new NextStep(provider => provider.GetRequiredService<TStep>(), forCommands));
    }

    /// <summary>The same for what a command needs as well as a server does: what Development brings.</summary>
    /// <param name="bringsDatabase">A command that asks Stripe alone does without it.</param>
    internal static IServiceCollection AddStepForCommands<TStep>(this IServiceCollection services, bool bringsDatabase)
        where TStep : class, IStartupStep
    {
        services.TryAddSingleton<TStep>();
        return services.AddSingleton(
            new NextStep(provider => provider.GetRequiredService<TStep>(), IsForCommands: true)
            {
                BringsDatabase = bringsDatabase,
            }
        );
    }

    internal static async Task RunStartupStepsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var next in services.GetServices<NextStep>())
        {
            await next.Make(services).RunAsync(cancellationToken);
        }

        services.GetRequiredService<HostRun>().HasStarted = true;
    }

    /// <param name="needsDatabase">False for a command that asks Stripe alone.</param>
    internal static async Task RunCommandStepsAsync(
        this IServiceProvider services,
        bool needsDatabase,
        CancellationToken cancellationToken
    )
    {
        // the others are not even made: what they ask for need not be there
        foreach (var next in services.GetServices<NextStep>().Where(next => next.IsForCommands))
        {
            if (needsDatabase || !next.BringsDatabase)
            {
                await next.Make(services).RunAsync(cancellationToken);
            }
        }
    }

    private sealed record NextStep(Func<IServiceProvider, IStartupStep> Make, bool IsForCommands)
    {
        public bool BringsDatabase { get; init; }
    }
}
