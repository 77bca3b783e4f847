using Microsoft.EntityFrameworkCore;
using Tollgate.Accounts;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Checkout;

/// <summary>
/// A new session of Stripe's portal: card, invoices, cancellation, and what else its configuration allows.
/// </summary>
public sealed class OpenPortal
{
    private readonly IDbContextFactory<TollgateDb> contexts;
    private readonly StripeClient stripe;
    private readonly FindPortal portals;
    private readonly DeletedCustomer deleted;
    private readonly LastingRefusals refusals;
    private readonly TollgateOptions options;
    private readonly BillingSwitch billing;

    internal OpenPortal(
        IDbContextFactory<TollgateDb> contexts,
        StripeClient stripe,
        FindPortal portals,
        DeletedCustomer deleted,
        LastingRefusals refusals,
        TollgateOptions options,
        BillingSwitch billing
    )
    {
        this.contexts = contexts;
        this.stripe = stripe;
        this.portals = portals;
        this.deleted = deleted;
        this.refusals = refusals;
        this.options = options;
        this.billing = billing;
    }

    /// <summary>Opens a session of the portal.</summary>
    /// <returns>Stripe's page, to which the caller is sent at once.</returns>
    public async Task<Outcome<Uri>> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (billing.RefusalOfActions is { } off)
        {
            return off;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customer = await db.Set<BillingAccount>()
            .Where(row => row.AccountId == account && row.ClosedAt == null)
            .Select(row => row.StripeCustomerId)
            .SingleOrDefaultAsync(cancellationToken);
        if (customer is null)
        {
            return new NoCustomer(options.UpgradeUrl);
        }

        var opened = await OpenAsync(db, account, customer, cancellationToken);
        if (opened.Refusal is StripeSaidNo { Reason: StripeRefusal.ResourceMissing })
        {
            var forgotten = await deleted.TryForgetAsync(account, cancellationToken);
            opened =
                forgotten.Refusal is { } unknown ? new StripeSaidNo(unknown)
                : forgotten.Value ? new NoCustomer(options.UpgradeUrl)
                : opened;
        }

        return await refusals.WatchAsync("portal", opened);
    }

    private async Task<Outcome<Uri>> OpenAsync(
        TollgateDb db,
        AccountId account,
        string customer,
        CancellationToken cancellationToken
    )
    {
        var state = await db.Set<SubscriptionState>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == account, cancellationToken);
        if (
            state is { StripeStatus: "unpaid", SubscriptionId: { } unpaid }
            && await ShowDraftAsync(unpaid, cancellationToken) is { } unshown
        )
        {
            return new StripeSaidNo(unshown);
        }

        var configuration = await portals.RunAsync(state?.BillingInterval, cancellationToken);
        if (configuration.Refusal is { } refusal)
        {
            return refusal;
        }

        var made = await stripe
            .With(StripePatience.Interactive)
            .For(account)
            .CreatePortalSession(customer, configuration.Value!, options.SettingsUrl, change: null, cancellationToken);
        return made.Refusal is { } no ? new StripeSaidNo(no) : made.Value;
    }

    // the portal shows open invoices and no drafts
    private async Task<StripeRefusal?> ShowDraftAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var read = await stripe.With(StripePatience.Interactive).GetSubscription(subscriptionId, cancellationToken);
        return read.Refusal ?? (await InvoiceToPay.PrepareAsync(read.Value, stripe, cancellationToken)).Refusal;
    }
}

/// <summary>Nothing was ever bought, so there is nothing to manage.</summary>
internal sealed record NoCustomer(Uri UpgradeUrl)
    : Refusal(ProblemCodes.NoCustomer, 409, "There is nothing to manage yet.", "Choose a plan first.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("upgrade_url", UpgradeUrl)];
}
