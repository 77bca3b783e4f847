using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Sandbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Development;

/// <summary>
/// Gives a host without Stripe's keys a Stripe of its own: the Sandbox in process, with the catalog published to it and
/// the webhook endpoint registered, and points the host's <c>STRIPE_*</c> settings there.
/// </summary>
internal sealed class StartSandbox(
    DevelopmentPlaces places,
    DevelopmentClock clock,
    RunningSandbox sandbox,
    IConfiguration configuration,
    HostSettings host,
    PlanCatalog catalog,
    HostRun run,
    TimeProvider machineTime
) : IStartupStep
{
    private const string SecretKey = "sk_test_sandbox_of_this_checkout";

    /// <summary>A command beside a serving host uses that host's Sandbox.</summary>
    public bool IsForCommands => true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (StripeEnvironment.IsGiven(host.Configuration, catalog))
        {
            return;
        }

        var address = await StartOrJoinAsync(cancellationToken);
        var settings = new StripeSettings
        {
            ApiBase = address,
            SecretKey = SecretKey,
            WebhookSecrets = [],
        };
        var stripe = StripeClient.Create(settings, machineTime);
        var secretFile = Path.Combine(places.HostFolder, "webhook-secret");
        var known =
            places.KeepSandbox && File.Exists(secretFile)
                ? await File.ReadAllTextAsync(secretFile, cancellationToken)
                : null;
        var published = await new PublishCatalog(stripe, catalog).RunAsync(
            new PublishWish(host.Options.WebhookUrl, EventRoutes.TypesFor(catalog))
            {
                IsSecretKnown = known is not null,
            },
            cancellationToken
        );
        if (published.WebhookSecret is { } fresh && places.KeepSandbox)
        {
            await WriteSecretAsync(secretFile, fresh, cancellationToken);
        }

        var listening = await ReadListenSecretAsync(address, cancellationToken);
        Configure(address, published, $"{published.WebhookSecret ?? known!},{listening}");
    }

    private async Task<Uri> StartOrJoinAsync(CancellationToken cancellationToken)
    {
        if (run.IsCommand && await SandboxElsewhere.FindAsync(places, machineTime, cancellationToken) is { } other)
        {
            clock.Follow(other.Clock);
            return other.Address;
        }

        var running = await StartAsync(cancellationToken);
        sandbox.Set(running);
        clock.Follow(running.Clock);
        return running.BaseAddress;
    }

    private async Task<SandboxServer> StartAsync(CancellationToken cancellationToken)
    {
        var sandboxOptions = new SandboxOptions
        {
            Port = places.SandboxPort,
            DataDirectory = places.KeepSandbox ? Path.Combine(places.HostFolder, "sandbox") : null,
        };
        try
        {
            return await SandboxServer.StartAsync(sandboxOptions, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new StartupException(
                $"The Sandbox cannot start at port {places.SandboxPort}: {taken.Message}",
                taken
            );
        }
    }

    // what `stripe listen --forward-to` signs with, so that its deliveries are taken as well as the endpoint's
    private static async Task<string> ReadListenSecretAsync(Uri sandbox, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sandbox };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SecretKey);
        using var asked = new FormUrlEncodedContent([
            new("device_name", "tollgate"),
            new("websocket_features[]", "webhooks"),
        ]);
        using var answer = await http.PostAsync("/v1/stripecli/sessions", asked, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return session.GetProperty("secret").GetString()!;
    }

    private void Configure(Uri sandbox, PublishedCatalog published, string webhookSecret)
    {
        configuration[StripeEnvironment.ApiBase] = sandbox.AbsoluteUri;
        configuration[StripeEnvironment.SecretKey] = SecretKey;
        configuration[StripeEnvironment.PublishableKey] = "pk_test_sandbox";
        configuration[StripeEnvironment.WebhookSecret] = webhookSecret;
        configuration[StripeEnvironment.PortalConfiguration] = published.PortalConfigurationId;
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            configuration[StripeEnvironment.PriceSetting(price)] = published.PriceSetting(price.Alias);
        }
    }

    private static async Task WriteSecretAsync(string file, string secret, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, secret, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
