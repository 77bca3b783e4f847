using Tollgate.Stripe;

namespace Tollgate.Notifications;

/// <summary>Where a link of a mail may lead (decision E2).</summary>
internal static class MailLinks
{
    private const string StripeDomain = ".stripe.com";

    public static bool IsAllowed(Uri link, Uri app, StripeSettings stripe) =>
        link.IsAbsoluteUri
        && link.UserInfo.Length == 0
        && (
            IsSameOrigin(link, app)
            || IsStripes(link)
            || (stripe.ApiBase.IsLoopback && IsSameOrigin(link, stripe.ApiBase))
        );

    /// <summary>The page on which Stripe lets the customer pay; the fallback where Stripe names none.</summary>
    public static Uri PayPage(string? hostedInvoiceUrl, Uri fallback, Uri app, StripeSettings stripe) =>
        Uri.TryCreate(hostedInvoiceUrl, UriKind.Absolute, out var page) && IsAllowed(page, app, stripe)
            ? page
            : fallback;

    private static bool IsSameOrigin(Uri link, Uri other) =>
        link.Scheme == other.Scheme
        && link.Port == other.Port
        && link.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsStripes(Uri link) =>
        link.Scheme == Uri.UriSchemeHttps
        && link.IsDefaultPort
        && link.Host.EndsWith(StripeDomain, StringComparison.OrdinalIgnoreCase);
}
