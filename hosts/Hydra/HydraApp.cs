using Hydra.Gated;
using Hydra.Pages;
using Hydra.Repos;
using Hydra.Storage;
using Hydra.Tenants;
using Hydra.Workflows;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Http;
using Tollgate.Identity;
using Tollgate.Notifications;
using Tollgate.Storage;
using Tollgate.Telemetry;

namespace Hydra;

/// <summary>
/// The whole of Hydra, put together; <c>Program.cs</c> runs it, and tests run it in their own process.
/// </summary>
public static class HydraApp
{
    public static WebApplication Create(string[] args)
    {
        var builder = HostStart.CreateBuilder(args, "http://localhost:8000");
        builder.AddTollgateTelemetry();
        builder.AddTollgateDevelopment(
            HydraPlans.Catalog,
            new DevelopmentOptions(
                "hydra",
                SandboxPort: 12111,
                SignIn: $"owner@acme.test, password {DemoTenants.Password}"
            )
        );
        builder.Services.AddTollgate(HydraPlans.Catalog);
        builder.Services.AddTollgateCommands();
        builder.Services.AddTollgateKeyRing(builder.Configuration);
        builder.Services.AddSingleton<IAccountDirectory, HydraTenants>();
        builder.Services.AddSingleton<IHostAccounts, HydraTenants>();
        builder.Services.AddHydraEvidence();
        builder.Services.AddSingleton<IPersonalData, ErasePeople>();
        builder.Services.AddSingleton<MailTexts, HydraMails>();
        builder.Services.AddSingleton(TenantsView.View);
        builder.Services.AddSingleton<RepoLimit>();
        builder.Services.AddHostTables<HydraDb>(HydraDb.Schema);
        builder.Services.AddSignIn<HydraDb>(new SignInTerms("hydra") { TakesBearer = true });
        builder.Services.AddScoped<ISignUpBinding, SignUpBinding>();
        builder.Services.AddScoped<ConfirmBillingEmail>();
        builder.Services.AddHostEdge();
        builder.AddDemoData<DemoTenants>();

        var app = builder.Build();
        app.UseHydraPages();
        app.UseRequestChecks();
        app.MapSignIn();
        app.MapSignUp();
        app.MapMe();
        if (app.Environment.IsDevelopment())
        {
            DemoTenants.Map(app);
        }

        app.MapWorkflows();
        app.MapRepos();
        app.MapDevelopers();
        app.MapMembers();
        app.MapOrganization();
        app.MapTenantSettings();
        app.MapJira();
        app.MapAuditLog();
        app.MapUsageReport();
        app.MapTollgate();
        app.MapTollgateAdministration(Administrators.Name);
        app.MapTollgateWebhook();
        app.MapTollgateApiDocument();
        app.MapTollgateHealth();
        app.MapTollgateDevelopment();
        return app;
    }
}
