using System.Globalization;

namespace Tollgate.Notifications;

/// <summary>What the words of a mail may need beside what happened.</summary>
/// <param name="Product">Name of the product: <c>Hydra</c>.</param>
/// <param name="AccountName">The customer's own name, made harmless: one line, nothing that becomes a link.</param>
/// <param name="PlanName">The plan that the mail is about, as people know it.</param>
/// <param name="FreePlanName">The plan without a price; null where there is none.</param>
/// <param name="Now">Billing time of sending.</param>
/// <param name="UpgradeUrl">The product's page of plans.</param>
/// <param name="SettingsUrl">The product's billing settings.</param>
/// <param name="PayUrl">Stripe's page of the payment that has to be confirmed; else the billing settings.</param>
public sealed record MailFacts(
    string Product,
    string AccountName,
    string PlanName,
    string? FreePlanName,
    DateTimeOffset Now,
    Uri AppUrl,
    Uri UpgradeUrl,
    Uri SettingsUrl,
    Uri PayUrl
)
{
    /// <summary>The person whom the mail goes to; null when it goes to the account's billing address.</summary>
    public string? Recipient { get; init; }

    /// <summary>Of a used meter: the next plan that allows more of it, by its name; null where none does.</summary>
    public string? PlanWithMore { get; init; }

    /// <summary><c>November 28, 2026</c>, in UTC.</summary>
    public static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
}
