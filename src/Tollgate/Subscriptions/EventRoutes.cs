using System.Collections.Frozen;
using Tollgate.Catalog;

namespace Tollgate.Subscriptions;

/// <summary>
/// What each of Stripe's events means to us: whose state to sync, never what is true. Types that are not here are
/// recorded and ignored.
/// </summary>
internal static class EventRoutes
{
    private static readonly FrozenDictionary<string, EventRoute> Routes = new Dictionary<string, EventRoute>
    {
        ["checkout.session.completed"] = new(SyncMode.BindOnly),
        ["customer.subscription.created"] = new(SyncMode.Full),
        ["customer.subscription.updated"] = new(SyncMode.Full),
        ["customer.subscription.deleted"] = new(SyncMode.Full) { EndsSubscription = true },
        ["invoice.paid"] = new(SyncMode.Full) { NamesInvoice = true, SettlesInvoice = true },
        ["invoice.payment_failed"] = new(SyncMode.Full) { NamesInvoice = true },
        ["invoice.payment_action_required"] = new(SyncMode.Full) { NamesInvoice = true, AsksForAction = true },
        ["entitlements.active_entitlement_summary.updated"] = new(SyncMode.Full) { ReadsEntitlements = true },
        ["charge.refunded"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true },
        ["refund.created"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesRefund = true },
        ["refund.updated"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesRefund = true },
        ["refund.failed"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesRefund = true },
        ["charge.dispute.created"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesDispute = true },
        ["charge.dispute.updated"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesDispute = true },
        ["charge.dispute.closed"] = new(SyncMode.Full) { ReadsRefundsAndDisputes = true, NamesDispute = true },
    }.ToFrozenDictionary();

    /// <summary>Stripe says of an invoice twice that it is paid; an endpoint made by hand may ask for this.</summary>
    private const string AlsoPaid = "invoice.payment_succeeded";

    /// <summary>The types that the webhook endpoint subscribes to, whatever the catalog says.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [.. Routes.Where(route => !route.Value.ReadsRefundsAndDisputes).Select(route => route.Key)];

    /// <summary>The types that the webhook endpoint subscribes to.</summary>
    public static IReadOnlyList<string> TypesFor(PlanCatalog catalog) =>
        catalog.RefundsAndDisputes is null ? Types : [.. Types, .. OfRefundsAndDisputes];

    /// <summary>They name a dispute or a refund, and neither a customer nor a subscription.</summary>
    internal static IReadOnlyList<string> WithoutCustomer { get; } =
    [.. Routes.Where(route => route.Value.NamesDispute || route.Value.NamesRefund).Select(route => route.Key)];

    private static IEnumerable<string> OfRefundsAndDisputes =>
        Routes.Where(route => route.Value.ReadsRefundsAndDisputes).Select(route => route.Key);

    /// <summary>Null for a type that means nothing to us.</summary>
    internal static EventRoute? Find(string type) => Routes.GetValueOrDefault(type == AlsoPaid ? "invoice.paid" : type);
}

/// <summary>Which sync an event asks for, and what has to be read for it.</summary>
internal sealed record EventRoute(SyncMode Mode)
{
    /// <summary>The event's object is an invoice whose lines may have moved the paid period.</summary>
    public bool NamesInvoice { get; init; }

    /// <summary>The invoice is paid, for good.</summary>
    public bool SettlesInvoice { get; init; }

    /// <summary>The subscription is canceled, for good.</summary>
    public bool EndsSubscription { get; init; }

    /// <summary>The customer is to confirm a payment on Stripe's page.</summary>
    public bool AsksForAction { get; init; }

    /// <summary>A payment was refunded or is disputed.</summary>
    public bool ReadsRefundsAndDisputes { get; init; }

    /// <summary>The event's object is a dispute, which does not say whose it is.</summary>
    public bool NamesDispute { get; init; }

    /// <summary>The event's object is a refund, which does not say whose it is.</summary>
    public bool NamesRefund { get; init; }

    /// <summary>Stripe's list of granted features changed.</summary>
    public bool ReadsEntitlements { get; init; }
}

/// <summary>How much a sync does for an event.</summary>
internal enum SyncMode
{
    /// <summary>Writes ids only, and requests a sync within a minute.</summary>
    BindOnly,

    /// <summary>Reads Stripe and writes the gating state.</summary>
    Full,
}
