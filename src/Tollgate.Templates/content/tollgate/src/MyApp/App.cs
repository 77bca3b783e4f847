using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Http;
using Tollgate.Status;

namespace MyApp;

/// <summary>The whole app, put together; <c>Program.cs</c> runs it, and tests run it in their own process.</summary>
public static class App
{
    /// <param name="name">Of its database and its folder below <c>.tollgate/</c>, in Development.</param>
    public static WebApplication Create(string[] args, string name = "my-app-name", int sandboxPort = 12111)
    {
        var builder = HostStart.CreateBuilder(args, "http://localhost:8080");
        builder.AddTollgateDevelopment(Plans.Catalog, new(name, sandboxPort, SignIn: "any e-mail address"));
        builder.Services.AddTollgate(Plans.Catalog);
        builder.Services.AddTollgateCommands();
        builder.Services.AddSingleton<IAccountDirectory, MyAccounts>();
        builder.Services.AddAuthentication("cookie").AddCookie("cookie");
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.UseHostPages(
            "/sign-in",
            [
                new("/", "items.html"),
                new("/sign-in", "sign-in.html") { IsOpen = true },
                new("/billing/upgrade", "plans.html"),
                new("/billing/success", "success.html"),
                new("/settings/billing", "billing.html"),
            ]
        );
        app.UseRequestChecks();

        // replace it by your own sign-in: here whoever says an address is believed
        app.MapPost("/api/sign-in", SignInAsync);
        app.MapPost("/api/sign-out", (HttpContext http) => http.SignOutAsync());

        // and these by what you sell: kept in memory, three a month on Free
        var kept = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var items = app.MapGroup("/api/items").RequireAuthorization();
        items.MapGet("", (ClaimsPrincipal me) => Of(me));
        items.MapPost("", (ClaimsPrincipal me, Item item) => Of(me).Enqueue(item.Name)).Metered("item");
        items.MapGet("export", (ClaimsPrincipal me) => string.Join('\n', Of(me))).RequireFeature("export");

        app.MapTollgate();
        app.MapTollgateWebhook();
        app.MapTollgateHealth();
        app.MapTollgateDevelopment();
        return app;

        ConcurrentQueue<string> Of(ClaimsPrincipal me) => kept.GetOrAdd(me.Identity!.Name!, _ => new());
    }

    private static Task SignInAsync(HttpContext http, Credentials who)
    {
        var email = who.Email.Trim().ToLowerInvariant();
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, email), new(ClaimTypes.Email, email)], "cookie");
        return http.SignInAsync(new ClaimsPrincipal(identity));
    }

    private sealed record Credentials(string Email);

    private sealed record Item(string Name);
}
