using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Settings;

namespace Tollgate.Development;

/// <summary>The <c>STRIPE_*</c> settings of a host that has the Sandbox for its Stripe.</summary>
internal static class SandboxSettings
{
    public const string SecretKey = "sk_test_sandbox_of_this_checkout";

    /// <param name="published">What was only planned has no setting.</param>
    /// <param name="endpointSecret">Null where nobody knows it.</param>
    public static async Task ConfigureAsync(
        IConfiguration configuration,
        PlanCatalog catalog,
        Uri sandbox,
        PublishedCatalog published,
        string? endpointSecret,
        CancellationToken cancellationToken
    )
    {
        var listening = await ReadListenSecretAsync(sandbox, cancellationToken);
        configuration[StripeEnvironment.ApiBase] = sandbox.AbsoluteUri;
        configuration[StripeEnvironment.SecretKey] = SecretKey;
        configuration[StripeEnvironment.PublishableKey] = "pk_test_sandbox";
        configuration[StripeEnvironment.WebhookSecret] = endpointSecret is null
            ? listening
            : $"{endpointSecret},{listening}";
        configuration[StripeEnvironment.PortalConfiguration] = published.PortalConfigurationId;
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            if (published.PriceIds.ContainsKey(price.Alias))
            {
                configuration[StripeEnvironment.PriceSetting(price)] = published.PriceSetting(price.Alias);
            }
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
}
