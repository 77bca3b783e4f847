using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Events;

/// <summary><c>/v1/events</c>: kept for thirty days, filtered by type, time and delivery.</summary>
internal static class EventRoutes
{
    private const string Kind = "event";
    private const int MaxTypes = 20;
    private const long KeptSeconds = 30 * 86_400;

    public static readonly Route[] All =
    [
        Route.List(
            "/v1/events",
            List,
            Param.Text("type"),
            Param.Texts("types"),
            Param.Range("created"),
            Param.Flag("delivery_success")
        ),
        Route.Get("/v1/events/{id}", call => Answer.Ok(Kept(call))),
        Route.Post("/v1/events/{id}/retry", Retry, Param.Text("webhook_endpoint"), Param.Flag("for_stripecli")),
    ];

    private static Answer List(Call call)
    {
        var type = call.Input.TextOrNull("type");
        var types = call.Input.Texts("types").ToHashSet(StringComparer.Ordinal);
        if (type is not null && types.Count > 0)
        {
            throw StripeException.Invalid("You may pass either `type` or `types`, but not both.", "types");
        }

        if (types.Count > MaxTypes)
        {
            throw StripeException.Invalid($"You may pass up to {MaxTypes} types.", "types");
        }

        var success = call.Input.FlagOrNull("delivery_success");
        return ListPage.Of(
            call,
            Kind,
            recorded =>
                IsKept(call, recorded)
                && (type is null || Matches(recorded.Text("type"), type))
                && (types.Count == 0 || types.Contains(recorded.Text("type")))
                && (success is null || success == (recorded.Int("pending_webhooks") == 0))
                && ListPage.InRange(recorded, call.Input, "created"),
            type is null || type.EndsWith('*') ? null : new IndexKey("is_of_type", type)
        );
    }

    /// <summary>A type filter may end in a wildcard, e.g. <c>invoice.*</c>.</summary>
    private static bool Matches(string type, string filter) =>
        filter.EndsWith('*') ? type.StartsWith(filter[..^1], StringComparison.Ordinal) : type == filter;

    private static JsonObject Kept(Call call)
    {
        var recorded = call.Tx.Get(Kind, call.Id);
        return IsKept(call, recorded) ? recorded : throw StripeException.NoSuch(Kind, call.Id, parameter: null);
    }

    /// <summary>What happened by a test clock is kept as long as all else, however long ago its time is.</summary>
    private static bool IsKept(Call call, JsonObject recorded) =>
        (recorded.IntOrNull("_recorded") ?? recorded.Int("created")) > call.Tx.SandboxNow - KeptSeconds;

    private static Answer Retry(Call call)
    {
        var recorded = Kept(call);
        if (call.Input.TextOrNull("webhook_endpoint") is { } endpointId)
        {
            var endpoint = call.Tx.Get("webhook_endpoint", endpointId, "webhook_endpoint");
            Resend(call.Tx, recorded, endpoint.Id());
        }
        else if (call.Input.Flag("for_stripecli"))
        {
            foreach (var listener in call.Tx.InMemory<Listeners>().Sessions)
            {
                Resend(call.Tx, call.Tx.Get(Kind, call.Id), listener);
            }
        }
        else
        {
            throw StripeException.Invalid(
                "Missing required param: webhook_endpoint.",
                "webhook_endpoint",
                "parameter_missing"
            );
        }

        return Answer.Ok(call.Tx.Get(Kind, call.Id));
    }

    public static JsonObject Resend(Transaction tx, JsonObject recorded, string endpoint)
    {
        tx.Change(recorded, change => change["pending_webhooks"] = change.Int("pending_webhooks") + 1);
        return Delivery.Add(tx, recorded.Id(), endpoint);
    }
}
