using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.TestClocks;

/// <summary>
/// A request lives by the clock of what it is about: the object of its path, or the customer, subscription or invoice
/// that its parameters name.
/// </summary>
internal static class RequestTime
{
    private static readonly string[] Naming =
    [
        "test_clock",
        "customer",
        "subscription",
        "from_subscription",
        "schedule",
        "invoice",
    ];

    /// <summary>Kinds whose objects live by a clock, by how their ids begin; the longer beginning first.</summary>
    private static readonly (string Prefix, string Kind)[] Living =
    [
        ("cus_", "customer"),
        ("sub_sched_", "subscription_schedule"),
        ("sub_", "subscription"),
        ("in_", "invoice"),
        ("ii_", "invoiceitem"),
        ("pm_", "payment_method"),
        ("pi_", "payment_intent"),
    ];

    public static Transaction Enter(Transaction tx, IReadOnlyList<string> ids, JsonObject input)
    {
        var about = ids.Concat(Naming.Select(input.TextOrNull).OfType<string>())
            .Select(id => Find(tx, id))
            .FirstOrDefault(document => document is not null && TestClock.Of(tx, document) is not null);
        return about is null ? tx : tx.By(about);
    }

    private static JsonObject? Find(Transaction tx, string id)
    {
        if (tx.Find(TestClock.Kind, id) is not null)
        {
            // Naming a clock (of a new customer) is to live by it.
            return new JsonObject { ["test_clock"] = id };
        }

        if (id.StartsWith("si_", StringComparison.Ordinal))
        {
            return tx.With("subscription", "item", id).FirstOrDefault();
        }

        var (prefix, kind) = Living.FirstOrDefault(living => id.StartsWith(living.Prefix, StringComparison.Ordinal));
        return prefix is null ? null : tx.Find(kind, id);
    }
}
