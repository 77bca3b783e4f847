using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Notifications;

namespace Tollgate.Development;

/// <summary>Says on the console where to click, once everything stands.</summary>
internal sealed class Greeting(
    DevelopmentPlaces places,
    IConfiguration configuration,
    IServiceProvider services,
    IHostApplicationLifetime lifetime
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Say);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Say()
    {
        var lines = new List<string>
        {
            string.Empty,
            $"  Open        {configuration["Tollgate:AppUrl"]}",
            $"  Sign in as  {places.SignIn}",
        };
        if (services.GetService<RunningSandbox>() is { } sandbox)
        {
            lines.Add(
                $"  Stripe      {sandbox.Server.BaseAddress} (the Sandbox: no real money; card 4242 4242 4242 4242)"
            );
        }

        if (services.GetService<MailLog>() is not null)
        {
            lines.Add($"  Mail        {configuration["Tollgate:AppUrl"]?.TrimEnd('/')}{MailboxPages.Path}");
        }

        lines.Add($"  Gallery     {configuration["Tollgate:AppUrl"]?.TrimEnd('/')}{GalleryPages.Path}");
        lines.Add($"  State       {places.State} (delete it to start over)");
        lines.Add(string.Empty);
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }
}
