using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounts;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Startup;
using Tollgate.Status;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// An app that was there before Tollgate came: its own sign-in, its own Data Protection, a fallback policy, a directory
/// with a database context's lifetime, ids of its own, and no word to Tollgate of who its people are.
/// </summary>
internal sealed class GuestApp : RunningProduct
{
    public const string Name = "guest";

    private GuestApp(WebApplication app, TestDatabase database, Uri address, DirectoryInfo ring)
        : base(app, database, address)
    {
        Ring = ring;
        Anonymous = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public HttpClient Anonymous { get; }

    public DirectoryInfo Ring { get; }

    public static async Task<GuestApp> StartAsync()
    {
        var ring = Directory.CreateTempSubdirectory("guest-ring-");
        var database = await TestDatabase.CreateAsync(text => MigrateAsync(text, ring));
        var address = FreeAddress();
        var app = Create(address, database.ConnectionString, ring);
        await app.StartTollgateAsync(Token);
        return new GuestApp(app, database, address, ring);
    }

    /// <summary>Signs in by the app's own form; the account is whatever the app says.</summary>
    public async Task<GuestCaller> SignInAsync(string account, string? email = "ann@example.com", bool isStaff = false)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        var answer = await client.PostAsJsonAsync("/login", new Login(account, email, isStaff), Token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return new GuestCaller(client);
    }

    public override async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await base.DisposeAsync();
        Ring.Delete(recursive: true);
    }

    private static async Task MigrateAsync(string connectionString, DirectoryInfo ring)
    {
        await using var app = Create(FreeAddress(), connectionString, ring);
        await app.Services.RunStartupStepsAsync(CancellationToken.None);
    }

    private static WebApplication Create(Uri address, string connectionString, DirectoryInfo ring)
    {
        var builder = WebApplication.CreateBuilder(
            Settings(address, connectionString, "--Logging:LogLevel:Default=None")
        );
        var services = builder.Services;
        services.AddDataProtection().SetApplicationName(Name).PersistKeysToFileSystem(ring);
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => cookie.Events.OnRedirectToLogin = Answer401);
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy("staff", policy => policy.RequireClaim("staff"));

        builder.AddTollgateDevelopment(Some.Catalog, new DevelopmentOptions(Name, SandboxPort: 0, SignIn: "anybody"));
        services.AddTollgate(Some.Catalog);
        services.AddTollgateCommands();
        services.AddScoped<IAccountDirectory, GuestDirectory>();

        var app = builder.Build();
        app.MapPost("/login", EnterAsync).AllowAnonymous();
        app.MapGet("/orders", () => "none");
        app.MapGet("/rules", () => "all").RequireFeature("rules");
        app.MapPost("/fix", () => "fixed").Metered("fix");
        app.MapTollgate();
        app.MapTollgateAdministration("staff");
        app.MapTollgateWebhook();
        app.MapTollgateHealth();
        app.MapTollgateApiDocument();
        return app;
    }

    private static Task Answer401(RedirectContext<CookieAuthenticationOptions> redirect)
    {
        redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static async Task<IResult> EnterAsync(HttpContext http, Login login)
    {
        List<Claim> claims = [new("account", login.Account)];
        claims.AddRange(login.Email is { } email ? [new Claim(ClaimTypes.Email, email)] : []);
        claims.AddRange(login.IsStaff ? [new Claim("staff", "yes"), new Claim(ClaimTypes.Name, "sam")] : []);
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(new ClaimsPrincipal(identity));
        return Results.NoContent();
    }

    private sealed record Login(string Account, string? Email, bool IsStaff);

    // as one that asks a database would be
    private sealed class GuestDirectory : IAccountDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) =>
            new(
                principal.FindFirstValue("account") is { } account
                    ? new BillingCaller(new AccountId(account), IsBillingAdmin: true)
                    : null
            );

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
    }
}

/// <summary>Somebody who is signed in to the guest.</summary>
internal sealed class GuestCaller(HttpClient client) : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, Token);

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var answer = await GetAsync(path);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        client.PostAsJsonAsync(path, body ?? new { }, Token);

    public async Task<JsonElement> ReadAsync(string path) => await RunningProduct.Json(await GetAsync(path));

    /// <summary>Status and code of a refusal.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string path, object? body = null)
    {
        using var answer = await PostAsync(path, body);
        return (answer.StatusCode, (await RunningProduct.Json(answer)).GetProperty("code").GetString());
    }

    public void Dispose() => client.Dispose();
}
