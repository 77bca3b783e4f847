using Tollgate.Stripe;

namespace Tollgate;

/// <summary>
/// What Tollgate must know of the product around it. Each is read from the section <c>Tollgate</c> of the
/// configuration; what the callback of <see cref="TollgateRegistration.AddTollgate"/> sets wins over that.
/// </summary>
public sealed class TollgateOptions
{
    /// <summary>The default of <see cref="WebhookPath"/>.</summary>
    public const string UsualWebhookPath = "/api/webhooks/stripe";

    private Uri? apiUrl;
    private Uri? appUrl;

    /// <summary>
    /// The kill switch. False: every gate is open, no meter blocks, nothing can be bought. Default true. Its setting is
    /// <c>BILLING_ENABLED</c>.
    /// </summary>
    public bool BillingEnabled { get; set; } = true;

    /// <summary>
    /// Where people use the product; links and return addresses start here. In Production it must be set, with https.
    /// Elsewhere its default is <c>http://localhost:8000</c>.
    /// </summary>
    public Uri AppUrl
    {
        get => appUrl ?? new Uri("http://localhost:8000");
        set => appUrl = value;
    }

    /// <summary>
    /// Where programs call the product, and Stripe its webhook. In Production it must be set, with https. Elsewhere its
    /// default is <see cref="AppUrl"/>.
    /// </summary>
    public Uri ApiUrl
    {
        get => apiUrl ?? AppUrl;
        set => apiUrl = value;
    }

    /// <summary>The upgrade page, relative to <see cref="AppUrl"/>.</summary>
    public string UpgradePath { get; set; } = "/billing/upgrade";

    /// <summary>Where Stripe's Checkout returns to, relative to <see cref="AppUrl"/>.</summary>
    public string SuccessPath { get; set; } = "/billing/success";

    /// <summary>The billing settings page, relative to <see cref="AppUrl"/>.</summary>
    public string SettingsPath { get; set; } = "/settings/billing";

    /// <summary>Where Stripe delivers events, relative to <see cref="ApiUrl"/>.</summary>
    public string WebhookPath { get; set; } = UsualWebhookPath;

    /// <summary>
    /// What a webhook is answered while the database is away. Default <see cref="WhenUnrecordable.Retry"/>.
    /// </summary>
    public WhenUnrecordable WhenUnrecordable { get; set; } = WhenUnrecordable.Retry;

    /// <summary>
    /// Whether a start brings the database to its version. False: it refuses to serve on one that lacks a migration.
    /// Default true.
    /// </summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>
    /// Whether anything is sold at Stripe. Null, the default: as the catalog has prices or not. False: no setting of
    /// Stripe is asked for, nothing calls it, and what needs it is refused with <c>nothing_for_sale</c>.
    /// </summary>
    public bool? UsesStripe { get; set; }

    /// <summary>
    /// False for a host that sends no mail: no provider is asked for, and no mail is queued. Default true.
    /// </summary>
    public bool SendsMail { get; set; } = true;

    /// <summary>
    /// True when the upgrade, success and settings pages are not routes of this host, which the start would miss.
    /// Default false.
    /// </summary>
    public bool PagesAreElsewhere { get; set; }

    /// <summary>
    /// Keys and ids of the account at Stripe, for a host that has them from elsewhere, and what the host adds to the
    /// objects that are created there.
    /// </summary>
    public StripeOptions Stripe { get; } = new();

    /// <summary>The mail provider, for a host that has its key from elsewhere.</summary>
    public MailProviderOptions Mail { get; } = new();

    /// <summary>
    /// How many calls that ask Stripe, previews among them, an account may make in a minute, on all nodes together.
    /// Default 60.
    /// </summary>
    public int BillingCallsPerMinute { get; set; } = 60;

    /// <summary>
    /// Addresses and networks of the proxies before the host (<c>10.0.0.5, 10.1.0.0/16</c>), whose
    /// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default none.
    /// </summary>
    public string? KnownProxies { get; set; }

    /// <summary>Whom open alerts are sent to. Default nobody.</summary>
    public AlertOptions Alerts { get; set; } = new();

    /// <summary>How long bodies of events and mails are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary><see cref="UpgradePath"/> as a whole address.</summary>
    public Uri UpgradeUrl => PageUrl(UpgradePath);

    /// <summary><see cref="SettingsPath"/> as a whole address.</summary>
    public Uri SettingsUrl => PageUrl(SettingsPath);

    /// <summary><see cref="WebhookPath"/> as a whole address.</summary>
    public Uri WebhookUrl => ApiUrl.Below(WebhookPath);

    /// <summary>
    /// A page of the product as a whole address: <c>/billing/upgrade</c> below <c>https://example.com/app</c> is
    /// <c>https://example.com/app/billing/upgrade</c>.
    /// </summary>
    public Uri PageUrl(string path) => AppUrl.Below(path);

    internal bool HasAppUrl => appUrl is not null;

    internal bool HasApiUrl => apiUrl is not null;
}

/// <summary>
/// What of Stripe is set in code. Null is read from the configuration: <c>Tollgate:Stripe:SecretKey</c> and so on, else
/// under the older name.
/// </summary>
public sealed class StripeOptions : StripeHooks
{
    /// <summary><c>sk_test_...</c> or a restricted key; the older name is <c>STRIPE_SECRET_KEY</c>.</summary>
    public string? SecretKey { get; set; }

    /// <summary><c>pk_test_...</c>; the older name is <c>STRIPE_PUBLISHABLE_KEY</c>.</summary>
    public string? PublishableKey { get; set; }

    /// <summary><c>whsec_...</c>, two with a comma while one is rolled; <c>STRIPE_WEBHOOK_SECRET</c>.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary><c>bpc_...</c> of the monthly portal; <c>STRIPE_PORTAL_CONFIG_ID</c>.</summary>
    public string? PortalConfigurationId { get; set; }

    /// <summary>Where another Stripe answers than the real one; <c>STRIPE_API_BASE</c>.</summary>
    public string? ApiBase { get; set; }

    /// <summary>
    /// <c>price_...</c> by the price's alias, retired ids after a comma; <c>STRIPE_TEAM_MONTHLY_PRICE_ID</c>.
    /// </summary>
    public IDictionary<string, string> PriceIds { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// What of the mail provider is set in code. Null is read from the configuration: <c>Tollgate:Mail:From</c> and so on,
/// else under the older name.
/// </summary>
public sealed class MailProviderOptions
{
    /// <summary>The sender: <c>Hydra &lt;billing@example.com&gt;</c>; <c>MAIL_FROM</c>.</summary>
    public string? From { get; set; }

    /// <summary><c>re_...</c>; <c>RESEND_API_KEY</c>.</summary>
    public string? ResendApiKey { get; set; }

    /// <summary>Where another Resend answers than the real one; <c>RESEND_API_BASE</c>.</summary>
    public string? ResendApiBase { get; set; }

    /// <summary>A mail server in Resend's place; <c>SMTP_URL</c>.</summary>
    public string? SmtpUrl { get; set; }
}

/// <summary>What a verified event that cannot be recorded is answered, within three seconds (decision W2).</summary>
public enum WhenUnrecordable
{
    /// <summary>503: Stripe tries again for three days, and the catch-up finds it before that.</summary>
    Retry,

    /// <summary>200: Stripe is done with it; the catch-up finds it as soon as the database is back.</summary>
    Accept,
}
