using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>A customer at their own page: what the session's configuration lets them do, and what is theirs.</summary>
internal sealed record PortalVisit(JsonObject Session, JsonObject Configuration, JsonObject Customer)
{
    /// <summary>A link that nobody opens is good for this long.</summary>
    public const long UnopenedSeconds = 5 * 60;

    /// <summary>From one request of the page to the next.</summary>
    private const long IdleSeconds = 3600;

    public JsonObject Features => Configuration.Child("features");

    /// <summary>Where the page of this session is.</summary>
    public string Path => $"/p/session/{Session.Id()}";

    public string? ReturnUrl => Session.TextOrNull("return_url");

    /// <summary>The one task that the session opened for, until it is done; null for the whole Portal.</summary>
    public JsonObject? Flow => Session.Flag("_flow_done") ? null : Session.ChildOrNull("flow");

    /// <summary>Where an open flow begins; null for the first page.</summary>
    public string? FlowPath =>
        Flow?.Text("type") switch
        {
            null => null,
            "customer_update" => $"{Path}/customer",
            "payment_method_update" => $"{Path}/card",
            "subscription_cancel" => $"{Path}/subscriptions/{TaskOf("subscription_cancel")}/cancel",
            "subscription_update" => $"{Path}/subscriptions/{TaskOf("subscription_update")}/update",
            _ => ConfirmPath(Flow.Child("subscription_update_confirm")),
        };

    /// <summary>Opens, or goes on with, a session; null if there is none (any more).</summary>
    public static PortalVisit? Of(Transaction tx, string id)
    {
        if (
            tx.Find(PortalSessionRoutes.Kind, id) is not { } session
            || session.Int("_usable_until") < tx.SandboxNow
            || tx.Find("customer", session.Text("customer")) is not { } customer
            || customer.Flag("deleted")
        )
        {
            return null;
        }

        var seen = tx.Change(session, change => change["_usable_until"] = tx.SandboxNow + IdleSeconds);
        var configuration = tx.Get("billing_portal.configuration", session.Text("configuration"));
        return new PortalVisit(seen, configuration, customer);
    }

    /// <summary>A task is done: ends an open flow.</summary>
    /// <returns>Where the customer goes on.</returns>
    public string Complete(Transaction tx)
    {
        if (Flow is not { } flow)
        {
            return Path;
        }

        tx.Change(Session, change => change["_flow_done"] = true);
        return flow.Child("after_completion").Text("type") == "portal_homepage" ? Path : $"{Path}/done";
    }

    public bool Has(string feature) => Features.Child(feature).Flag("enabled");

    /// <exception cref="StripeException">The configuration has the feature off.</exception>
    public void Require(string feature)
    {
        if (!Has(feature))
        {
            throw StripeException.Invalid("This page does not offer that.");
        }
    }

    /// <summary>The customer's subscriptions that have not ended, newest first.</summary>
    public IEnumerable<JsonObject> Subscriptions(Transaction tx) =>
        tx.With("subscription", "customer", Customer.Id())
            .Where(sub => sub.Text("status") is not ("canceled" or "incomplete_expired"));

    /// <exception cref="StripeException">404 for another customer's, or an ended one.</exception>
    public JsonObject Subscription(Transaction tx, string id) =>
        Subscriptions(tx).FirstOrDefault(sub => sub.Id() == id)
        ?? throw StripeException.NoSuch("subscription", id, parameter: null);

    private string TaskOf(string type) => Flow!.Child(type).Text("subscription");

    private string ConfirmPath(JsonObject task)
    {
        var item = task.Each("items").Single();
        return $"{Path}/subscriptions/{task.Text("subscription")}/confirm?price={item.Text("price")}"
            + $"&quantity={item.Int("quantity")}";
    }
}
