using ImportCsv.Cloud;
using ImportCsv.Importers;
using ImportCsv.Imports;
using ImportCsv.Pages;
using ImportCsv.PlanLimits;
using ImportCsv.Storage;
using ImportCsv.Users;
using Tollgate;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Http;
using Tollgate.Identity;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace ImportCsv;

/// <summary>
/// The whole of ImportCSV, put together; <c>Program.cs</c> runs it, and tests run it in their own process.
/// </summary>
public static class ImportCsvApp
{
    private const string Cookie = "importcsv";

    internal static readonly ApiAbout Api = new(
        "ImportCSV",
        "Importers, what they imported, and the user's account; in the cloud its billing. Members are in snake_case."
    )
    {
        Cookie = Cookie,
        TakesBearer = false,
        IsWhole = true,
    };

    /// <remarks>What the cloud sells can be set up at Stripe before anything says that this is the cloud.</remarks>
    public static WebApplication Create(string[] args)
    {
        var builder = HostStart.CreateBuilder(args, "http://localhost:8010");
        builder.AddTollgateTelemetry();
        builder.Services.AddSettings(ImportCsvSettings.All);
        var isCloud = CloudSwitch.IsOn(
            builder.Configuration,
            unsaid: builder.Environment.IsDevelopment() || args is ["setup", ..]
        );
        builder.AddTollgateDevelopment(
            isCloud ? ImportCsvPlans.Catalog : null,
            new DevelopmentOptions(
                "importcsv",
                SandboxPort: 12112,
                SignIn: $"{DemoPeople.Owner}, password {DemoPeople.Password}"
            )
        );
        builder.Services.AddHostTables<ImportCsvDb>(ImportCsvDb.Schema);
        builder.Services.AddTollgateCommands();
        builder.Services.AddTollgateKeyRing(builder.Configuration);
        if (isCloud)
        {
            builder.Services.AddCloud();
        }
        else
        {
            builder.Services.AddTollgateFoundation();
            builder.Services.AddSingleton<IPlanLimits, NoLimits>();
            builder.Services.AddSingleton<IAccountBook, NoAccounts>();
            builder.Services.AddScoped<ISignUpBinding, SignUpOnOwnServer>();
        }

        builder.Services.AddSignIn<ImportCsvDb>(new SignInTerms(Cookie) { HasMail = isCloud });
        builder.Services.AddSingleton<IHostCommand, UsersCommand>();
        builder.Services.AddImports();
        builder.Services.AddHostEdge();
        builder.AddDemoData<DemoPeople>();

        var app = builder.Build();
        app.UseImportCsvPages(isCloud);
        app.UseRequestChecks();
        app.MapEdition(isCloud);
        app.MapSignIn();
        app.MapSignUp();
        app.MapMe(isCloud, isCloud ? CloudDescriptions.Close : UserDescriptions.Close);
        if (app.Environment.IsDevelopment())
        {
            DemoPeople.Map(app);
        }

        app.MapImporters();
        app.MapImports();
        app.MapTollgateApiDocument(Api);
        app.MapTollgateDevelopment();
        if (isCloud)
        {
            app.MapCloud();
        }

        app.MapTollgateHealth();
        return app;
    }
}
