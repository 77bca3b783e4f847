using Microsoft.Extensions.DependencyInjection;
using Tollgate.Administration.Commands;

namespace Tollgate.Administration;

internal static class AdministrationRegistration
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<Explain>();
        services.AddSingleton<EventList>();
        services.AddSingleton<FindAccounts>();
        services.AddSingleton<OpenAlerts>();
        services.AddSingleton<OperatorLog>();
        services.AddSingleton<ReadFigures>();
        services.AddSingleton<CheckIntegrity>();
        services.AddSingleton<FindDuplicates>();
        services.AddSingleton<CancelForCustomer>();
        services.AddSingleton<CloseAccount>();
        services.AddSingleton<ImportCustomers>();
        services.AddSingleton<Doctor>();
        services.AddSingleton<BackUp>();
        services.AddSingleton<Restore>();
        services.AddSingleton<DetachPartitions>();
        services.AddSingleton<StripeCheck>();
        services.AddHostedService<ForgetBodies>();
        services.AddSingleton<DatabaseCheck>();
        services.AddSingleton<AccountsCheck>();
        services.AddSingleton<IHostCommand, SetupCommand>();
        services.AddSingleton<IHostCommand, DoctorCommand>();
        services.AddSingleton<IHostCommand, ExplainCommand>();
        services.AddSingleton<IHostCommand, EventsCommand>();
        services.AddSingleton<IHostCommand, InboxCommand>();
        services.AddSingleton<IHostCommand, QuotesCommand>();
        services.AddSingleton<IHostCommand, DuplicatesCommand>();
        services.AddSingleton<IHostCommand, CancelCommand>();
        services.AddSingleton<IHostCommand, CloseCommand>();
        services.AddSingleton<IHostCommand, ImportCommand>();
        services.AddSingleton<IHostCommand, IntegrityCommand>();
        services.AddSingleton<IHostCommand, BackupCommand>();
        services.AddSingleton<IHostCommand, RestoreCommand>();
        services.AddSingleton<IHostCommand, CatchUpCommand>();
        services.AddSingleton<IHostCommand, ReconcileCommand>();
        services.AddSingleton<IHostCommand, BillingCommand>();
        services.AddSingleton<IHostCommand, OverrideCommand>();
        services.AddSingleton<SetBillingSwitch>();
        services.AddSingleton<ResolveAlert>();
        services.AddSingleton<SwitchListener>();
        services.AddHostedService(provider => provider.GetRequiredService<SwitchListener>());
    }
}
