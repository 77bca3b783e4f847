using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Hosting;

namespace Tollgate.Commands;

/// <summary>How a host's own executable gets the operators' commands.</summary>
public static class CommandsRegistration
{
    /// <summary>
    /// Adds the commands that <see cref="TollgateRun.RunTollgateAsync"/> understands: <c>migrate</c> and
    /// <c>health</c>, and in a host that bills also <c>setup</c>, <c>doctor</c>, <c>explain</c> and the rest.
    /// </summary>
    public static IServiceCollection AddTollgateCommands(this IServiceCollection services)
    {
        services.TryAddSingleton<ICommandLine, CommandLine>();
        services.AddSingleton<IHostCommand, MigrateCommand>();
        services.AddSingleton<IHostCommand, HealthCommand>();
        AddBilling(services);
        return services;
    }

    private static void AddBilling(IServiceCollection services)
    {
        services.AddKeyedSingleton<IHostCommand, SetupCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, CatalogCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, DoctorCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, ExplainCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, EventsCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, InboxCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, QuotesCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, DuplicatesCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, CancelCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, CloseCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, ImportCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, IntegrityCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, BackupCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, RestoreCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, CatchUpCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, ReconcileCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, BillingCommand>(HostCommands.OfBilling);
        services.AddKeyedSingleton<IHostCommand, OverrideCommand>(HostCommands.OfBilling);
    }
}
