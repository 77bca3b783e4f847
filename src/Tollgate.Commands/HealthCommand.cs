using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using Tollgate.Hosting;

namespace Tollgate.Commands;

/// <summary>
/// <c>health</c>: whether the node that serves beside it lives. It asks as a container's HEALTHCHECK would by
/// <c>curl</c>, which an image without a shell does not have; it needs no database and no Stripe.
/// </summary>
internal sealed class HealthCommand : IHostCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Command Create(CommandRun run)
    {
        var command = new Command("health", "Ask the node that serves on this machine whether it lives.");
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var configuration = run.Get<IConfiguration>();
                var live = new Uri(AddressOf(configuration), "/health/live");
                using var http = new HttpClient { Timeout = Patience };
                using var request = new HttpRequestMessage(HttpMethod.Get, live);
                request.Headers.Host = NameOf(configuration);
                using var answer = await http.SendAsync(request, cancellationToken);
                var status = (int)answer.StatusCode;
                run.Answer(
                    parsed,
                    new { Address = live, Status = status },
                    terminal => terminal.MarkupLineInterpolated($"{status} from {live.AbsoluteUri}")
                );
                return answer.IsSuccessStatusCode ? HostCommands.Done : HostCommands.Failed;
            }
        );
        return command;
    }

    /// <summary>Where this machine reaches what listens, by the settings that say where to listen.</summary>
    internal static Uri AddressOf(IConfiguration configuration) =>
        ListenAddresses
            .Of(configuration)
            .FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            is { } plain
            ? ListenAddresses.OnThisMachine(plain, "127.0.0.1")
            : throw new StartupException(
                "Nothing says at which http address the host listens: set ASPNETCORE_HTTP_PORTS or ASPNETCORE_URLS."
            );

    // a host that answers to given names only would refuse its own address
    private static string? NameOf(IConfiguration configuration) =>
        Array.Find(
            ListenAddresses.Parts(configuration["AllowedHosts"]),
            name => !name.Contains('*', StringComparison.Ordinal)
        );
}
