using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Hosting;
using Tollgate.Notifications;
using Tollgate.Sandbox;
using Tollgate.Settings;
using Tollgate.Startup;

namespace Tollgate.Development;

/// <summary>What <see cref="DevelopmentHost"/> promises; it finds this class by its name.</summary>
internal sealed class DevelopmentTools : IDevelopmentTools
{
    private const string AppUrl = $"Tollgate:{nameof(TollgateOptions.AppUrl)}";
    internal const string ApiUrl = $"Tollgate:{nameof(TollgateOptions.ApiUrl)}";

    public void Add(WebApplicationBuilder builder, PlanCatalog? catalog, DevelopmentOptions options)
    {
        if (!PrivatePostgres.IsDatabaseName(options.Name))
        {
            throw new StartupException(
                $"DevelopmentOptions.Name is '{options.Name}': a letter, then lower-case letters, digits, hyphens and "
                    + "underscores, at most 63."
            );
        }

        var configuration = builder.Configuration;
        var places = new DevelopmentPlaces(
            options.Name,
            options.SignIn,
            StateDirectory.Find(builder.Environment.ContentRootPath),
            DevelopmentSettings.SandboxPort.ReadNumber(configuration) ?? options.SandboxPort,
            DevelopmentSettings.KeepSandbox.ReadSwitch(configuration, unsaid: true),
            DevelopmentSettings.HasPrivateDatabase(configuration)
        )
        {
            IsAppUrlGiven = !string.IsNullOrEmpty(configuration[AppUrl]),
            AfterLastRetry = DevelopmentSettings.AfterLastRetry.ReadTaken(configuration) is { } word
                ? AfterLastRetries.Names[word]
                : default,
        };
        if (!places.IsAppUrlGiven)
        {
            configuration[AppUrl] = OwnAddress(configuration);
        }
        else if (IsAppBeside(configuration))
        {
            configuration[ApiUrl] = OwnAddress(configuration);
        }

        var clock = new DevelopmentClock();
        builder.Services.AddSingleton(places);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(new BillingClock(clock));
        builder.Services.AddSingleton<IConfiguration>(configuration);
        builder.Services.AddSettings(DevelopmentSettings.All);
        if (HostSettings.Database.Read(configuration) is null)
        {
            builder.Services.AddStepForCommands<StartPrivatePostgres>(bringsDatabase: true);
        }

        builder.Services.AddSingleton(new BroughtByDevelopment(Stripe: catalog is not null));
        if (catalog is not null)
        {
            builder.Services.AddSingleton<RunningSandbox>();
            builder.Services.AddStartupStep<StartSandbox>(forCommands: true);
        }

        if (catalog is not null && places.IsPrivate)
        {
            builder.Services.AddSingleton(provider =>
                provider.GetRequiredService<HostSettings>().Configuration is var settings
                && MailEnvironment.IsGiven(settings)
                    ? MailEnvironment.ReadSender(settings)
                    : new KeepInMailbox()
            );
        }

        builder.Services.AddHostedService<Greeting>();
    }

    /// <summary>Where a browser on this machine finds the host; null where nothing says where it listens.</summary>
    internal static string? OwnAddress(IConfiguration configuration) =>
        ListenAddresses.Of(configuration) is [var first, ..]
            ? ListenAddresses.OnThisMachine(first, "localhost").GetLeftPart(UriPartial.Authority)
            : null;

    // an app of another process on this machine has pages, and not the webhook
    private static bool IsAppBeside(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[ApiUrl])
        && Uri.TryCreate(configuration[AppUrl], UriKind.Absolute, out var app)
        && app.IsLoopback
        && OwnAddress(configuration) is { } own
        && new Uri(own).Port != app.Port;

    public bool HasPrivateDatabase(IServiceCollection services) =>
        services.Select(one => one.ImplementationInstance).OfType<DevelopmentPlaces>().Any(places => places.IsPrivate);

    public void Map(RouteGroupBuilder pages, IServiceProvider services, string document)
    {
        ApiReferencePage.Map(pages, document);
        // a host that bills nobody has neither mails nor components
        if (services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(MailLog)))
        {
            GalleryPages.Map(pages);
            if (services.GetRequiredService<DevelopmentPlaces>().IsPrivate)
            {
                MailboxPages.Map(pages);
            }
        }
    }
}

/// <summary>Where Development keeps things.</summary>
/// <param name="KeepSandbox">False for a Sandbox that forgets everything when it stops.</param>
/// <param name="IsPrivate">The database is nobody else's: demo people are made in it, and its mails are shown.</param>
internal sealed record DevelopmentPlaces(
    string Name,
    string SignIn,
    string State,
    int SandboxPort,
    bool KeepSandbox,
    bool IsPrivate
)
{
    /// <summary>False where it is taken from the address that the host serves at.</summary>
    public bool IsAppUrlGiven { get; init; }

    /// <summary>As it is set in the account at Stripe.</summary>
    public AfterLastRetry AfterLastRetry { get; init; }

    public string HostFolder => Path.Combine(State, Name);
}
