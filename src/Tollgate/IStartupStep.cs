using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tollgate;

/// <summary>
/// Work that is done before the host serves, in the order in which the steps were registered: start what Development
/// brings, check the settings, migrate, seed.
/// </summary>
public interface IStartupStep
{
    /// <summary>
    /// True for what a command needs as well as a server does: the database and the Stripe that Development brings.
    /// Default false.
    /// </summary>
    bool IsForCommands => false;

    /// <exception cref="StartupException">The start cannot go on; the message is shown as one line.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>How a host adds its own steps.</summary>
public static class StartupSteps
{
    /// <summary>Adds a step after those that were added before. It is made only when its turn has come.</summary>
    public static IServiceCollection AddStartupStep<TStep>(this IServiceCollection services)
        where TStep : class, IStartupStep
    {
        services.TryAddSingleton<TStep>();
        return services.AddSingleton(new NextStep(provider => provider.GetRequiredService<TStep>()));
    }

    internal static async Task RunStartupStepsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<CheckSettings>().Run();
        foreach (var next in services.GetServices<NextStep>())
        {
            await next.Make(services).RunAsync(cancellationToken);
        }

        services.GetRequiredService<HostRun>().HasStarted = true;
    }

    internal static async Task RunCommandStepsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<HostRun>().HasStarted)
        {
            return;
        }

        foreach (var next in services.GetServices<NextStep>())
        {
            if (next.Make(services) is { IsForCommands: true } step)
            {
                await step.RunAsync(cancellationToken);
            }
        }
    }

    private sealed record NextStep(Func<IServiceProvider, IStartupStep> Make);
}
