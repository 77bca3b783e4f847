using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Commands;
using Tollgate.Hosting;

namespace MyApp;

public static class App
{
    public static WebApplication Create(string[] args, string name = "my-app", int sandboxPort = 12111)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication("cookie").AddCookie("cookie");
        builder.Services.AddAuthorization();
        builder.Services.AddControllers();

        builder.AddTollgateDevelopment(Plans.Catalog, new(name, sandboxPort, SignIn: "/login?email=you@example.com"));
        builder.Services.AddTollgate(Plans.Catalog);
        builder.Services.AddTollgateCommands();
        builder.Services.AddSingleton<IAccountDirectory, MyAccounts>();
        builder.Services.AddSingleton<NightlyExport>();
        builder.Services.AddSingleton<ReportQueue>();

        var app = builder.Build();
        app.MapGet("/login", SignInAsync);
        app.MapControllers();
        app.MapExports();
        app.MapReports();
        app.MapBillingPages();
        app.MapTollgate();
        app.MapTollgateWebhook();
        app.MapTollgateHealth();
        app.MapTollgateDevelopment();
        return app;
    }

    private static async Task<string> SignInAsync(HttpContext http, string email)
    {
        await http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Email, email)], "cookie")));
        return "Signed in.";
    }
}
