using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Sandbox;
using Tollgate.Settings;
using Tollgate.Startup;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Development;

/// <summary>
/// Gives a host without Stripe's keys a Stripe of its own: the Sandbox in process, with the catalog published to it and
/// the webhook endpoint registered, and points the host's <c>STRIPE_*</c> settings there. A command changes nothing of
/// what a serving host made or keeps.
/// </summary>
internal sealed class StartSandbox(
    DevelopmentPlaces places,
    DevelopmentClock clock,
    RunningSandbox sandbox,
    IConfiguration configuration,
    HostSettings host,
    PlanCatalog catalog,
    HostRun run,
    StartupProgress progress,
    TimeProvider machineTime
) : IStartupStep
{
    private string JournalFolder => Path.Combine(places.HostFolder, "sandbox");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!StripeUse.IsOnFor(host.Options, catalog) || StripeEnvironment.IsGiven(host.Configuration, catalog))
        {
            return;
        }

        if (places.KeepSandbox)
        {
            StateDirectory.Make(places.State);
        }

        var kept = places.KeepSandbox
            ? await KeptSandbox.ReadAsync(places.HostFolder, cancellationToken)
            : new KeptSandbox();
        var isKept = places.KeepSandbox && Directory.Exists(JournalFolder);
        if (run.IsCommand && !places.IsAppUrlGiven && kept.AppUrl is { } served)
        {
            host.Options.AppUrl = served; // whatever port the host was configured to serve at
        }

        var joined = await TryJoinAsync(kept, cancellationToken);
        var address =
            joined ?? await StartAsync(keep: places.KeepSandbox && (isKept || !run.IsCommand), cancellationToken);
        using var stripe = StripeClient.Create(
            new StripeSettings
            {
                ApiBase = address,
                SecretKey = SandboxSettings.SecretKey,
                WebhookSecrets = [],
            },
            machineTime
        );
        var known = await FindSecretAsync(stripe, kept, cancellationToken);
        var published = await new PublishCatalog(stripe, catalog).RunAsync(
            new PublishWish(host.Options.WebhookUrl, EventRoutes.TypesFor(catalog))
            {
                IsSecretKnown = known is not null,
                // a Sandbox that a command has for itself alone is gone with it, and can be set up
                IsPlanOnly = run.IsCommand && (joined is not null || isKept),
            },
            cancellationToken
        );
        if (places.KeepSandbox && !run.IsCommand)
        {
            await KeepAsync(stripe, kept, address, published.WebhookSecret, cancellationToken);
        }

        await SandboxSettings.ConfigureAsync(
            configuration,
            catalog,
            address,
            published,
            published.WebhookSecret ?? known,
            cancellationToken
        );
    }

    private async Task<Uri?> TryJoinAsync(KeptSandbox kept, CancellationToken cancellationToken)
    {
        if (!run.IsCommand)
        {
            return null;
        }

        Uri[] candidates = [.. kept.SandboxUrl is { } last ? [last] : Array.Empty<Uri>(), PortAddress];
        foreach (var place in candidates.Distinct())
        {
            if (await SandboxElsewhere.FindAsync(place, machineTime, cancellationToken) is { } other)
            {
                clock.Follow(other.Clock);
                return other.Address;
            }
        }

        return null;
    }

    private Uri PortAddress => new($"http://127.0.0.1:{places.SandboxPort}");

    private async Task<Uri> StartAsync(bool keep, CancellationToken cancellationToken)
    {
        progress.Report("Starting the Sandbox and setting it up with the catalog");
        var sandboxOptions = new SandboxOptions
        {
            Port = places.SandboxPort,
            DataDirectory = keep ? JournalFolder : null,
            AfterLastRetry = places.AfterLastRetry,
        };
        try
        {
            var running = await SandboxServer.StartAsync(sandboxOptions, cancellationToken);
            sandbox.Set(running);
            clock.Follow(running.Clock);
            return running.BaseAddress;
        }
        catch (IOException taken)
        {
            throw new StartupException(
                $"The Sandbox cannot start at port {places.SandboxPort}: {taken.Message}",
                taken
            );
        }
    }

    /// <summary>
    /// Null when nobody knows the secret of the endpoint that is there now, and so it must be replaced.
    /// </summary>
    private async Task<string?> FindSecretAsync(
        StripeClient stripe,
        KeptSandbox kept,
        CancellationToken cancellationToken
    )
    {
        var endpoint = kept.Endpoints.GetValueOrDefault(host.Options.WebhookUrl.AbsoluteUri);
        return endpoint is not null && await FindEndpointAsync(stripe, cancellationToken) is var id && id == endpoint.Id
            ? endpoint.Secret
            : null;
    }

    private async Task KeepAsync(
        StripeClient stripe,
        KeptSandbox kept,
        Uri address,
        string? fresh,
        CancellationToken cancellationToken
    )
    {
        var endpoints = new Dictionary<string, KeptEndpoint>(kept.Endpoints);
        if (fresh is not null && await FindEndpointAsync(stripe, cancellationToken) is { } id)
        {
            endpoints[host.Options.WebhookUrl.AbsoluteUri] = new KeptEndpoint(id, fresh);
        }

        await new KeptSandbox
        {
            AppUrl = host.Options.AppUrl,
            SandboxUrl = address,
            Endpoints = endpoints,
        }.WriteAsync(places.HostFolder, cancellationToken);
    }

    private async Task<string?> FindEndpointAsync(StripeClient stripe, CancellationToken cancellationToken) =>
        (await stripe.ListWebhookEndpoints(cancellationToken))
            .OrThrow()
            .FirstOrDefault(endpoint => endpoint.Url == host.Options.WebhookUrl.AbsoluteUri)
            ?.Id;
}
