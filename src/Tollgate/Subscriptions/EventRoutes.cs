using System.Collections.Frozen;
using Tollgate.Catalog;

namespace Tollgate.Subscriptions;

/// <summary>
/// What each of Stripe's events means to us: whose state to look at, never what is true. Types that are not here are
/// recorded and ignored.
/// </summary>
public static class EventRoutes
{
    private static readonly FrozenDictionary<string, EventRoute> Routes = new Dictionary<string, EventRoute>
    {
        ["checkout.session.completed"] = new(EventHand.Bind),
        ["customer.subscription.created"] = new(EventHand.Project),
        ["customer.subscription.updated"] = new(EventHand.Project),
        ["customer.subscription.deleted"] = new(EventHand.Project) { EndsSubscription = true },
        ["invoice.paid"] = new(EventHand.Project) { NamesInvoice = true, SettlesInvoice = true },
        ["invoice.payment_failed"] = new(EventHand.Project) { NamesInvoice = true },
        ["invoice.payment_action_required"] = new(EventHand.Project) { NamesInvoice = true, AsksForAction = true },
        ["entitlements.active_entitlement_summary.updated"] = new(EventHand.Project) { ReadsEntitlements = true },
        ["charge.refunded"] = new(EventHand.Project) { ReadsReversals = true },
        ["refund.created"] = new(EventHand.Project) { ReadsReversals = true, NamesRefund = true },
        ["refund.updated"] = new(EventHand.Project) { ReadsReversals = true, NamesRefund = true },
        ["refund.failed"] = new(EventHand.Project) { ReadsReversals = true, NamesRefund = true },
        ["charge.dispute.created"] = new(EventHand.Project) { ReadsReversals = true, NamesDispute = true },
        ["charge.dispute.updated"] = new(EventHand.Project) { ReadsReversals = true, NamesDispute = true },
        ["charge.dispute.closed"] = new(EventHand.Project) { ReadsReversals = true, NamesDispute = true },
    }.ToFrozenDictionary();

    /// <summary>Stripe says of an invoice twice that it is paid; an endpoint made by hand may ask for this.</summary>
    private const string AlsoPaid = "invoice.payment_succeeded";

    /// <summary>The types that the webhook endpoint subscribes to, whatever the catalog says.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [.. Routes.Where(route => !route.Value.ReadsReversals).Select(route => route.Key)];

    /// <summary>The types that the webhook endpoint subscribes to.</summary>
    public static IReadOnlyList<string> TypesFor(PlanCatalog catalog) =>
        catalog.Reversals is null ? Types : [.. Types, .. OfReversals];

    /// <summary>They name a dispute or a refund, and neither a customer nor a subscription.</summary>
    internal static IReadOnlyList<string> WithoutCustomer { get; } =
    [.. Routes.Where(route => route.Value.NamesDispute || route.Value.NamesRefund).Select(route => route.Key)];

    private static IEnumerable<string> OfReversals =>
        Routes.Where(route => route.Value.ReadsReversals).Select(route => route.Key);

    /// <summary>Null for a type that means nothing to us.</summary>
    internal static EventRoute? Find(string type) => Routes.GetValueOrDefault(type == AlsoPaid ? "invoice.paid" : type);
}

/// <summary>Which hand of the door an event asks for, and what has to be read for it.</summary>
internal sealed record EventRoute(EventHand Hand)
{
    /// <summary>The event's object is an invoice whose lines may have moved the paid period.</summary>
    public bool NamesInvoice { get; init; }

    /// <summary>The invoice is paid, for good.</summary>
    public bool SettlesInvoice { get; init; }

    /// <summary>The subscription is canceled, for good.</summary>
    public bool EndsSubscription { get; init; }

    /// <summary>The customer is to confirm a payment on Stripe's page.</summary>
    public bool AsksForAction { get; init; }

    /// <summary>Money went back, or is wanted back.</summary>
    public bool ReadsReversals { get; init; }

    /// <summary>The event's object is a dispute, which does not say whose it is.</summary>
    public bool NamesDispute { get; init; }

    /// <summary>The event's object is a refund, which does not say whose it is.</summary>
    public bool NamesRefund { get; init; }

    /// <summary>Stripe's list of granted features changed.</summary>
    public bool ReadsEntitlements { get; init; }
}

/// <summary>The door has two hands.</summary>
internal enum EventHand
{
    /// <summary>Writes ids only, and asks for a look within a minute.</summary>
    Bind,

    /// <summary>Asks Stripe and writes what gates.</summary>
    Project,
}
