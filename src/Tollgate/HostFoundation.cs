using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Tollgate.Administration.Commands;
using Tollgate.Storage;

namespace Tollgate;

/// <summary>What every host stands on, whether it sells anything or not.</summary>
public static class HostFoundation
{
    /// <summary>
    /// Registers the database of <c>ConnectionStrings:Tollgate</c> with its migration at the start and its health
    /// check, the key ring that all nodes share, the clocks and the options.
    /// <see cref="TollgateRegistration.AddTollgate"/> includes it; a host whose billing is not there at all takes this
    /// alone.
    /// </summary>
    public static IServiceCollection AddTollgateFoundation(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HostRun>();
        services.TryAddSingleton(provider => new BillingClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => ReadOptions(provider.GetRequiredService<IConfiguration>()));
        AddStorage(services);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddSingleton<IHostCommand, MigrateCommand>();
        services.AddStartupStep<CheckFoundation>();
        services.AddStartupStep<MigrateDatabase>();
        return services;
    }

    private static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<IConfiguration>().GetConnectionString("Tollgate") is { Length: > 0 } text
                ? OpenDatabase(text)
                : throw new StartupException("ConnectionStrings__Tollgate is not set.")
        );
        services.AddPooledDbContextFactory<TollgateDb>(
            (provider, builder) =>
                TollgateDbOptions.Configure(builder, provider.GetRequiredService<NpgsqlDataSource>(), TollgateDb.Schema)
        );
        services.AddDataProtection().SetApplicationName("tollgate");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
        {
            var contexts = new Lazy<IDbContextFactory<TollgateDb>>(
                provider.GetRequiredService<IDbContextFactory<TollgateDb>>
            );
            return new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = new DataProtectionKeys(contexts)
            );
        });
    }

    private static NpgsqlDataSource OpenDatabase(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (ArgumentException)
        {
            // its message may quote a part of the text, and so a part of a password
            throw new StartupException(
                "ConnectionStrings__Tollgate must look like Host=...;Database=...;Username=...;Password=..."
            );
        }
    }

    private static TollgateOptions ReadOptions(IConfiguration configuration)
    {
        if (
            configuration["Tollgate:AppUrl"] is { Length: > 0 } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var app) && app.Scheme is "http" or "https")
        )
        {
            throw new StartupException("Tollgate__AppUrl must be an address that begins with https:// or http://.");
        }

        var options = new TollgateOptions();
        configuration.GetSection("Tollgate").Bind(options);
        options.BillingEnabled = configuration["BILLING_ENABLED"] switch
        {
            null or "" or "true" => true,
            "false" => false,
            _ => throw new StartupException("BILLING_ENABLED must be true or false."),
        };
        return options;
    }
}

/// <summary>Reads what a host cannot be without, before anything is started on it.</summary>
internal sealed class CheckFoundation(IServiceProvider services) : IStartupStep
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TollgateOptions>();
        services.GetRequiredService<NpgsqlDataSource>();
        return Task.CompletedTask;
    }
}
