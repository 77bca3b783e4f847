using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tollgate.Development;

/// <summary>Says on the console where to click, once everything stands.</summary>
internal sealed class Greeting(
    DevelopmentPlaces places,
    IConfiguration configuration,
    IServiceProvider services,
    EndpointDataSource endpoints,
    IHostApplicationLifetime lifetime
) : IHostedService
{
    private static readonly (string What, string Path)[] PagesThatMayBe =
    [
        ("Mail", MailboxPages.Path),
        ("Gallery", GalleryPages.Path),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        var app = configuration["Tollgate:AppUrl"];
        var own = configuration[DevelopmentTools.ApiUrl] is { Length: > 0 } api ? api : app;
        var lines = new List<string> { string.Empty, $"  Open        {app}" };
        if (own != app)
        {
            lines.Add($"  API         {own}");
        }

        if (places.IsPrivate)
        {
            lines.Add($"  Sign in as  {places.SignIn}");
        }

        if (services.GetService<RunningSandbox>() is { IsRunning: true } sandbox)
        {
            lines.Add(
                $"  Stripe      {sandbox.Server.BaseAddress} (the Sandbox: no real money; card 4242 4242 4242 4242)"
            );
        }

        foreach (var (what, path) in PagesThatMayBe.Where(page => IsMapped(page.Path)))
        {
            lines.Add($"  {what, -10}  {own?.TrimEnd('/')}{path}");
        }

        lines.Add($"  State       {places.State} (delete it to start over)");
        lines.Add(string.Empty);
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }

    private bool IsMapped(string path) =>
        endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => endpoint.RoutePattern.RawText == path);
}
