using System.Text.RegularExpressions;

namespace Tollgate.Stripe;

/// <summary>Which Stripe to talk to, and as whom. Its text form names no secret.</summary>
internal sealed partial record StripeSettings
{
    /// <summary>
    /// Where the API lives, without <c>/v1</c>. Plain http is accepted only with a test key: it is how a local Stripe
    /// is reached. Default: https://api.stripe.com.
    /// </summary>
    public Uri ApiBase { get; init; } = new("https://api.stripe.com");

    /// <summary><c>sk_test_…</c>, <c>sk_live_…</c> or a restricted key <c>rk_test_…</c>, <c>rk_live_…</c>.</summary>
    public required string SecretKey { get; init; }

    /// <summary><c>pk_…</c>; not needed for calls; kept so that a pair that does not match is found.</summary>
    public string? PublishableKey { get; init; }

    /// <summary><c>whsec_…</c>; several while a secret is being rolled.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary><c>bpc_…</c> of the portal configuration for monthly subscriptions.</summary>
    public string? PortalConfigurationId { get; init; }

    /// <summary>True when the secret key is a live one: real money moves.</summary>
    public bool LiveMode =>
        SecretKey.StartsWith("sk_live_", StringComparison.Ordinal)
        || SecretKey.StartsWith("rk_live_", StringComparison.Ordinal);

    /// <exception cref="ArgumentException">The key has not the form of one, or it would travel unencrypted.</exception>
    internal static void ThrowIfUnusable(StripeSettings settings)
    {
        if (!SecretKeyForm().IsMatch(settings.SecretKey))
        {
            throw new ArgumentException(
                "The secret key is not of the form sk_test_..., sk_live_... or rk_....",
                nameof(settings)
            );
        }

        var address = settings.ApiBase;
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException(
                "The address of Stripe's API is an absolute http or https URL.",
                nameof(settings)
            );
        }

        if (settings.LiveMode && address.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException("A live key is sent over https only.", nameof(settings));
        }
    }

    /// <summary>Which Stripe and which mode; no key, no secret, no credentials that the URL may carry.</summary>
    public override string ToString() =>
        $"{nameof(StripeSettings)} {{ {(ApiBase.IsAbsoluteUri ? ApiBase.Authority : "")}, LiveMode = {LiveMode} }}";

    [GeneratedRegex(
        @"^(sk|rk)_(test|live)_[A-Za-z0-9_]+\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex SecretKeyForm();
}
