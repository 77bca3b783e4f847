using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tollgate.Accounts;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>A host of a few metered endpoints on a port of its own. The header <c>User</c> signs in.</summary>
internal sealed class MeteredApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private MeteredApp(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    public HttpClient Client { get; }

    public static async Task<MeteredApp> StartAsync(MeterNodes nodes, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(nodes.Add());
        builder.Services.AddSingleton(nodes.PaymentBlock());
        builder.Services.AddSingleton(MeterNodes.Catalog);
        builder.Services.AddSingleton(nodes.Database);
        builder.Services.AddSingleton(new BillingClock(nodes.Clock));
        builder.Services.AddAccounts();
        builder.Services.AddSingleton<IAccountDirectory, Members>();
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication("header")
            .AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", configureOptions: null);
        var host = builder.Build();
        host.UseAuthentication();
        host.UseAuthorization();
        map(host);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new MeteredApp(host);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? user = "owner", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (user is not null)
        {
            request.Headers.Add("User", user);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    private sealed class Members : IAccountDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) =>
            ValueTask.FromResult(
                principal.Identity?.Name == "owner" ? new BillingCaller(MeterNodes.Acme, IsBillingAdmin: true) : null
            );

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) =>
            ValueTask.FromResult(0);
    }

    private sealed class HeaderSignIn(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["User"] is not [{ } name])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
        }
    }
}
