using Microsoft.Extensions.Configuration;
using Tollgate.Startup;

namespace Tollgate.Development;

/// <summary>Gives a host that names no database one in the checkout's own cluster.</summary>
internal sealed class StartPrivatePostgres(
    DevelopmentPlaces places,
    IConfiguration configuration,
    StartupProgress progress
) : IStartupStep, IAsyncDisposable
{
    private PrivatePostgres? running;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            StateDirectory.Make(places.State);
            var options = new PrivatePostgresOptions
            {
                Directory = Path.Combine(places.State, "postgres"),
                Progress = progress.Report,
            };
            running = await PrivatePostgres.StartAsync(options, cancellationToken);
            await running.EnsureDatabaseAsync(places.Name, cancellationToken);
        }
        catch (DevelopmentException known)
        {
            throw new StartupException(known.Message, known);
        }

        configuration["ConnectionStrings:Tollgate"] = running.ConnectionString(places.Name);
    }

    public ValueTask DisposeAsync() => running?.DisposeAsync() ?? ValueTask.CompletedTask;
}
