using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Events;

/// <summary><c>/v1/webhook_endpoints</c>. The signing secret is in the answer to its creation only.</summary>
internal static class WebhookEndpointRoutes
{
    public const string Kind = "webhook_endpoint";

    private static readonly Param[] Common = [Param.Text("description"), Param.Map("metadata")];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/webhook_endpoints",
            Create,
            [
                Param.Text("url").Required(),
                Param.Texts("enabled_events").Required(),
                Param.Text("api_version"),
                Param.Flag("connect"),
                .. Common,
            ]
        ),
        Route.List("/v1/webhook_endpoints", call => ListPage.Of(call, Kind)),
        Route.Get("/v1/webhook_endpoints/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/webhook_endpoints/{id}",
            Update,
            [Param.Text("url"), Param.Texts("enabled_events"), Param.Flag("disabled"), .. Common]
        ),
        Route.Delete("/v1/webhook_endpoints/{id}", Delete),
    ];

    public static bool Wants(JsonObject endpoint, string eventType) =>
        endpoint.Text("status") == "enabled"
        && endpoint.Texts("enabled_events").Any(enabled => enabled == "*" || enabled == eventType);

    private static Answer Create(Call call)
    {
        var endpoint = new JsonObject
        {
            ["id"] = Transaction.NewId("we"),
            ["object"] = Kind,
            ["api_version"] = call.Input["api_version"]?.DeepClone(),
            ["application"] = null,
            ["created"] = call.Tx.Now,
            ["description"] = call.Input["description"]?.DeepClone(),
            ["enabled_events"] = RequireEvents(call.Input),
            ["livemode"] = false,
            ["metadata"] = Metadata.From(call.Input),
            ["status"] = "enabled",
            ["url"] = RequireUrl(call.Input),
            ["_secret"] = EndpointSecrets.New(),
        };
        call.Tx.Add(endpoint);
        var answer = endpoint.Copy();
        answer["secret"] = endpoint.Text("_secret");
        return Answer.Ok(answer);
    }

    private static Answer Update(Call call)
    {
        var endpoint = call.Tx.Get(Kind, call.Id);
        var after = call.Tx.Change(
            endpoint,
            change =>
            {
                Metadata.CopyGiven(change, call.Input, "description");
                Metadata.Apply(change, call.Input);
                if (call.Input.ContainsKey("url"))
                {
                    change["url"] = RequireUrl(call.Input);
                }

                if (call.Input.ContainsKey("enabled_events"))
                {
                    change["enabled_events"] = RequireEvents(call.Input);
                }

                if (call.Input.FlagOrNull("disabled") is { } disabled)
                {
                    change["status"] = disabled ? "disabled" : "enabled";
                }
            }
        );
        if (after.Text("status") == "disabled")
        {
            Delivery.DropAll(call.Tx, after.Id());
        }

        return Answer.Ok(after);
    }

    private static Answer Delete(Call call)
    {
        var endpoint = call.Tx.Get(Kind, call.Id);
        Delivery.DropAll(call.Tx, endpoint.Id());
        call.Tx.Remove(endpoint);
        return Answer.Ok(Deleted.Of(endpoint));
    }

    private static JsonArray RequireEvents(JsonObject input) =>
        input.Texts("enabled_events").Any()
            ? input.Texts("enabled_events").ToJson()
            : throw StripeException.Invalid("You must specify at least one event.", "enabled_events");

    private static string RequireUrl(JsonObject input) =>
        Uri.TryCreate(input.TextOrNull("url"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? input.Text("url")
            : throw StripeException.Invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url");
}
