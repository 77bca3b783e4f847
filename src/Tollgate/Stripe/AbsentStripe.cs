namespace Tollgate.Stripe;

/// <summary>For a host without Stripe: no signature verifies, and every call fails.</summary>
internal static class AbsentStripe
{
    /// <summary>With no secret, so that no signature holds.</summary>
    public static StripeSettings Settings { get; } = new() { SecretKey = "sk_test_none", WebhookSecrets = [] };

    /// <param name="failure">What a call fails with.</param>
    public static StripeClient Client(TimeProvider machineTime, Func<Exception> failure) =>
        new(Settings, new NoNetwork(failure), machineTime);

    private sealed class NoNetwork(Func<Exception> failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => throw failure();
    }
}
