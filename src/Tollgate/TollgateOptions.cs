namespace Tollgate;

/// <summary>What Tollgate must know of the product around it.</summary>
public sealed class TollgateOptions
{
    public const string UsualWebhookPath = "/api/webhooks/stripe";

    /// <summary>
    /// The kill switch. False: every gate is open, no meter blocks, nothing can be bought. Default true.
    /// </summary>
    public bool BillingEnabled { get; set; } = true;

    /// <summary>
    /// Where people use the product; links and return addresses start here. Default <c>http://localhost:8000</c>.
    /// </summary>
    public Uri AppUrl { get; set; } = new("http://localhost:8000");

    /// <summary>The upgrade page, relative to <see cref="AppUrl"/>.</summary>
    public string UpgradePath { get; set; } = "/billing/upgrade";

    /// <summary>Where Stripe's Checkout returns to, relative to <see cref="AppUrl"/>.</summary>
    public string SuccessPath { get; set; } = "/billing/success";

    /// <summary>The billing settings page, relative to <see cref="AppUrl"/>.</summary>
    public string SettingsPath { get; set; } = "/settings/billing";

    /// <summary>Where Stripe delivers events, relative to <see cref="AppUrl"/>.</summary>
    public string WebhookPath { get; set; } = UsualWebhookPath;

    /// <summary>
    /// What a webhook is answered while the database is away. Default <see cref="WhenUnrecordable.Retry"/>.
    /// </summary>
    public WhenUnrecordable WhenUnrecordable { get; set; } = WhenUnrecordable.Retry;

    public Uri UpgradeUrl => new(AppUrl, UpgradePath);

    public Uri SettingsUrl => new(AppUrl, SettingsPath);

    public Uri WebhookUrl => new(AppUrl, WebhookPath);
}

/// <summary>What a verified event that cannot be recorded is answered, within three seconds (decision W2).</summary>
public enum WhenUnrecordable
{
    /// <summary>503: Stripe tries again for three days, and the catch-up finds it before that.</summary>
    Retry,

    /// <summary>200: Stripe is done with it; the catch-up finds it as soon as the database is back.</summary>
    Accept,
}
