using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Notifications;

/// <summary>Makes the mail of an occurrence: the words, in the layout, to the account's billing address.</summary>
internal sealed class ComposeMail(MailTexts texts, PlanCatalog catalog, TollgateOptions options, StripeSettings stripe)
{
    /// <summary>The mail, or why there can be none.</summary>
    public (Mail? Mail, string? Fault) Run(
        PendingMail pending,
        BillingAccount account,
        SubscriptionState state,
        string? payUrl,
        DateTimeOffset now
    )
    {
        var recipient = (pending.About as HostMailQueued)?.To;
        var to = recipient ?? account.BillingEmail;
        if (!EmailAddress.IsOne(to))
        {
            return (null, "the address is not one e-mail address");
        }

        var facts = new MailFacts(
            catalog.Product,
            DisplayName.Of(account.Name),
            catalog.PlanOrNone(PlanOf(pending.About, state)).Name,
            catalog.Free?.Name,
            now,
            options.AppUrl,
            options.UpgradeUrl,
            options.SettingsUrl,
            MailLinks.PayPage(payUrl, options.SettingsUrl, options.AppUrl, stripe)
        )
        {
            Recipient = recipient,
            PlanWithMore = pending.About is UsageReached used
                ? catalog.FindWithMore(catalog.Meter(used.Meter), used.Limit)?.Name
                : null,
        };
        var text = texts.Of(pending.About, facts, catalog);
        return MailLinks.IsAllowed(text.Action.Url, options.AppUrl, stripe)
            ? (
                new Mail(
                    to,
                    DisplayName.OneLine(text.Subject),
                    MailLayout.Html(text, facts),
                    MailLayout.Text(text, facts),
                    pending.Key
                ),
                null
            )
            : (null, "its link leads neither to the product nor to Stripe");
    }

    private static string? PlanOf(Effect about, SubscriptionState state) =>
        about switch
        {
            PlanActivated activated => activated.Plan,
            AccessEnded ended => ended.Plan,
            _ => state.Plan,
        };
}
