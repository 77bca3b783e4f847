using Standalone.Accounts;
using Standalone.ApiKeys;
using Standalone.Storage;
using Standalone.Usage;
using Standalone.Webhooks;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Http;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Telemetry;
using Tollgate.Usage;

namespace Standalone;

/// <summary>
/// Billing as a service of its own, for an app in any language: one catalog in a file, an API for its servers, and
/// webhooks to them. <c>Program.cs</c> runs it, and tests run it in their own process.
/// </summary>
public static class StandaloneApp
{
    internal static readonly ApiAbout Api = new(
        "Tollgate",
        "Plans, limits and payments of an app's accounts, for its own servers. Members are in snake_case."
    )
    {
        Cookie = null,
        IsWhole = true,
    };

    /// <param name="catalog">The file that says what is sold; null where a setting names it.</param>
    public static WebApplication Create(string? catalog, string[] args)
    {
        var builder = HostStart.CreateBuilder(args, "http://localhost:8030");
        var sold = CatalogFile.Read(CatalogArgument.Find(catalog, builder.Configuration, AppContext.BaseDirectory));
        builder.AddTollgateTelemetry();
        builder.Services.AddSettings(CatalogArgument.Setting);
        builder.AddTollgateDevelopment(
            sold,
            new DevelopmentOptions(
                $"standalone-{sold.Key}",
                SandboxPort: 12114,
                SignIn: $"Authorization: Bearer {DemoKey.Secret}"
            )
        );
        builder.Services.AddTollgate(sold, options => options.PagesAreElsewhere = true);
        builder.Services.AddSingleton(new MeterOptions { NotifyAtPercent = [80, 100] });
        builder.Services.AddTollgateCommands();
        builder.Services.AddTollgateKeyRing(builder.Configuration);
        builder.Services.AddHostTables<StandaloneDb>(StandaloneDb.Schema);
        builder.Services.AddSingleton<IAccountDirectory, AppAccounts>();
        builder.Services.AddSingleton<OpenAccounts>();
        builder.Services.AddSingleton<IPersonalData, EraseAccount>();
        builder.Services.AddApiKeys();
        builder.Services.AddWebhooks();
        builder.Services.AddHostEdge();
        builder.AddDemoData<DemoKey>();

        var app = builder.Build();
        app.UseRequestChecks();
        app.MapAccounts();
        app.MapUsage();
        app.MapTollgateWebhook();
        app.MapTollgateApiDocument(Api);
        app.MapTollgateHealth();
        app.MapTollgateDevelopment();
        return app;
    }
}
