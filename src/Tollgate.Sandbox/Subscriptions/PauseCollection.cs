using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// <c>pause_collection</c>: the subscription goes on as it is, but the invoices of its renewals are not collected.
/// </summary>
internal static class PauseCollection
{
    private const string Name = "pause_collection";

    /// <summary>An empty value resumes.</summary>
    public static readonly Param Parameter = Param.Group(
        Name,
        Param.OneOf("behavior", "keep_as_draft", "mark_uncollectible", "void").Required(),
        Param.Int("resumes_at", min: 0)
    );

    public static void Apply(Transaction tx, JsonObject subscription, JsonObject input)
    {
        if (!input.ContainsKey(Name))
        {
            return;
        }

        var given = input.ChildOrNull(Name);
        if (given?.IntOrNull("resumes_at") <= tx.Now)
        {
            throw StripeException.Invalid("`resumes_at` must be in the future.", $"{Name}[resumes_at]");
        }

        subscription[Name] = given is null
            ? null
            : new JsonObject { ["behavior"] = given.Text("behavior"), ["resumes_at"] = given.IntOrNull("resumes_at") };
    }

    /// <summary>What becomes of a renewal's invoice; null when collection is not paused.</summary>
    public static string? BehaviorOf(JsonObject subscription) => subscription.ChildOrNull(Name)?.Text("behavior");

    public static long? ResumesAt(JsonObject subscription) => subscription.ChildOrNull(Name)?.IntOrNull("resumes_at");

    public static void Resume(Transaction tx, JsonObject subscription) =>
        tx.Change(subscription, change => change[Name] = null, "customer.subscription.updated");

    /// <summary>Settles the draft of a renewal that came while collection was paused.</summary>
    public static void Settle(Transaction tx, JsonObject draft, string behavior)
    {
        if (behavior == "keep_as_draft")
        {
            return;
        }

        var invoice = FinalizeInvoice.Run(tx, draft);
        if (invoice.Int("amount_due") == 0)
        {
            CollectInvoice.MarkPaid(tx, invoice, CollectionCause.Schedule);
        }
        else if (behavior == "void")
        {
            VoidInvoice.Run(tx, invoice);
        }
        else
        {
            MarkUncollectible.Run(tx, invoice);
        }
    }
}
