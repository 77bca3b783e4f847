using Microsoft.Extensions.Logging;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

internal static class SomeStripe
{
    public const string SecretKey = "sk_test_mostSecret123";

    public static StripeSettings Settings(Uri? apiBase = null) =>
        new()
        {
            ApiBase = apiBase ?? new Uri("http://127.0.0.1:12111"),
            SecretKey = SecretKey,
            PublishableKey = "pk_test_lessSecret",
            WebhookSecrets = ["whsec_alsoSecret"],
        };

    public static StripeClient Client(
        ScriptedServer server,
        TimeProvider? time = null,
        ILogger<StripeClient>? log = null
    ) => StripeClient.Create(Settings(server.Address), time ?? TimeProvider.System, log);

    public static IdempotencyKey Key { get; } = new("tollgate-customer-acme-1");
}
