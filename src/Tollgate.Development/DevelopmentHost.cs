using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Catalog;
using Tollgate.Notifications;
using Tollgate.Sandbox;
using Tollgate.Settings;
using Tollgate.Startup;

namespace Tollgate.Development;

/// <summary>What Development brings to a host.</summary>
/// <param name="Name">Name of the host's database and of its folder under <c>.tollgate/</c>.</param>
/// <param name="SandboxPort">Where the Sandbox listens; <c>Development:SandboxPort</c> overrides it, 0 is any free
/// port.</param>
/// <param name="SignIn">How to sign in, for the lines on the console.</param>
public sealed record DevelopmentOptions(string Name, int SandboxPort, string SignIn);

/// <summary>
/// In Development a host without a database or without Stripe's keys gets its own: a private PostgreSQL, and the
/// Sandbox in process, set up with the catalog. With a private database and no mail provider its mails stay in the
/// mailbox. Elsewhere this registers nothing.
/// </summary>
public static class DevelopmentHost
{
    private const string AppUrl = $"Tollgate:{nameof(TollgateOptions.AppUrl)}";

    /// <summary>Must come before <c>AddTollgate</c>: its steps run first.</summary>
    /// <param name="catalog">What is sold; null for a host that sells nothing, which gets the database alone.</param>
    public static void AddTollgateDevelopment(
        this WebApplicationBuilder builder,
        PlanCatalog? catalog,
        DevelopmentOptions options
    )
    {
        if (!builder.Environment.IsDevelopment())
        {
            return;
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
            configuration[AppUrl] = OwnAddress.Find(configuration);
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

    /// <summary>
    /// Adds a step that fills the database with people whose password everybody knows: in Development, and there only
    /// in a private database (<c>Development:DatabaseIsPrivate</c>), never in one that a setting names. Must come after
    /// <see cref="AddTollgateDevelopment"/>.
    /// </summary>
    public static void AddDemoData<TStep>(this WebApplicationBuilder builder)
        where TStep : class, IStartupStep
    {
        if (Places(builder) is { IsPrivate: true })
        {
            builder.Services.AddStartupStep<TStep>();
        }
    }

    private static DevelopmentPlaces? Places(WebApplicationBuilder builder) =>
        builder.Services.Select(one => one.ImplementationInstance).OfType<DevelopmentPlaces>().FirstOrDefault();
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
