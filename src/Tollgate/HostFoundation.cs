using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Tollgate.Http;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Storage;

namespace Tollgate;

/// <summary>What every host stands on, whether it sells anything or not.</summary>
public static class HostFoundation
{
    /// <summary>
    /// Registers the database of <c>ConnectionStrings:Tollgate</c> with its migration at the start and its health
    /// check, the clocks and the options. The host's Data Protection is left as it is:
    /// <c>AddTollgateKeyRing</c>.
    /// <see cref="TollgateRegistration.AddTollgate"/> includes it; a host whose billing is not there at all takes this
    /// alone.
    /// </summary>
    /// <param name="configure">Says in code what would else be read from the configuration, and wins over it.</param>
    public static IServiceCollection AddTollgateFoundation(
        this IServiceCollection services,
        Action<TollgateOptions>? configure = null
    )
    {
        if (configure is not null)
        {
            services.AddSingleton(new OptionsCallback(configure));
        }

        services.TryAddSingleton<HostSettings>();
        services.AddSingleton<CheckSettings>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HostRun>();
        services.AddSingleton<StartupProgress>();
        services.AddSingleton<MigrateDatabase>();
        services.TryAddSingleton(provider => new BillingClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => OptionsOf(provider.GetRequiredService<HostSettings>()));
        AddStorage(services);
        services.AddSingleton<CallRates>();
        services.AddSettings(
            Setting.Number("Tollgate:BillingCallsPerMinute", "calls of one account that ask Stripe, a minute", least: 1)
        );
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddStartupStep<MigrateAtStart>();
        return services;
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
        {
            var faults = new SettingFaults();
            var database = OpenDatabase(provider.GetRequiredService<IConfiguration>(), faults);
            faults.ThrowIfAny();
            return database!;
        });
        services.AddPooledDbContextFactory<TollgateDb>(
            (provider, builder) =>
                TollgateDbOptions.Configure(builder, provider.GetRequiredService<NpgsqlDataSource>(), TollgateDb.Schema)
        );
    }

    /// <summary>Connects to nothing yet. Null when the setting is among the faults.</summary>
    internal static NpgsqlDataSource? OpenDatabase(IConfiguration configuration, SettingFaults faults)
    {
        if (faults.Required(configuration, HostSettings.Database) is not { } text)
        {
            return null;
        }

        try
        {
            return PreparedStatements.Open(text);
        }
        catch (ArgumentException)
        {
            // its message may quote a part of the text, and so a part of a password
            faults.Add(HostSettings.Database.Malformed);
            return null;
        }
    }

    private static TollgateOptions OptionsOf(HostSettings settings)
    {
        settings.Faults.ThrowIfAny();
        return settings.Options;
    }
}
