using System.Text.Json.Nodes;
using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;

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
}
