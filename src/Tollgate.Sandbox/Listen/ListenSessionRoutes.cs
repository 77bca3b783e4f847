using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Listen;

/// <summary>
/// <c>/v1/stripecli/sessions</c>, where <c>stripe listen</c> and <c>stripe logs tail</c> begin: where the web socket
/// is, and the secret that signs what is forwarded. The secret is made once; a journal keeps it over restarts.
/// </summary>
internal static class ListenSessionRoutes
{
    public const string Kind = "_listen_session";
    public const string Webhooks = "webhooks";
    public const string RequestLogs = "request_logs";
    private const string SecretKind = "_listen_secret";
    private const string SecretId = "listen";
    private const long KeptSeconds = 7 * 86_400;
    private const int ReconnectDelaySeconds = 3600;

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/stripecli/sessions",
            Create,
            Param.Text("device_name").Required(),
            Param.Texts("websocket_features"),
            Param.Text("filters"),
            Param.Text("forward_to_url"),
            Param.Text("forward_connect_to_url"),
            Param.Text("forward_thin_to_url"),
            Param.Text("forward_thin_connect_to_url")
        ),
    ];

    /// <summary>What signs events for every session; the first session made it.</summary>
    public static string Secret(Transaction tx) => tx.Find(SecretKind, SecretId)!.Text("secret");

    private static Answer Create(Call call)
    {
        var asked = call.Input.Texts("websocket_features").ToList();
        var feature =
            asked.Contains(Webhooks, StringComparer.Ordinal) ? Webhooks
            : asked.Contains(RequestLogs, StringComparer.Ordinal) ? RequestLogs
            : throw StripeException.Invalid(
                $"The Sandbox has the features `{Webhooks}` and `{RequestLogs}`.",
                "websocket_features"
            );
        var filters = feature == RequestLogs ? call.Input.TextOrNull("filters") : null;
        // Refuses what cannot be filtered by.
        LogFilter.Parse(filters);
        var tx = call.Tx;
        RemoveOld(tx);
        var session = tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("cliws"),
                ["object"] = Kind,
                ["created"] = tx.Now,
                ["device_name"] = call.Input.Text("device_name"),
                ["feature"] = feature,
                ["filters"] = filters,
                ["forward_to_url"] = call.Input.TextOrNull("forward_to_url"),
            }
        );
        var socket = new UriBuilder(call.BaseUrl) { Scheme = "ws", Path = "/subscribe/acct_sandbox" };
        return Answer.Ok(
            new JsonObject
            {
                ["default_version"] = ApiEndpoint.DefaultVersion,
                ["device_token"] = session.Id(),
                ["display_connect_filter_warning"] = false,
                ["latest_version"] = ApiEndpoint.DefaultVersion,
                ["reconnect_delay"] = ReconnectDelaySeconds,
                ["secret"] = SecretOf(tx),
                ["websocket_authorized_feature"] = feature,
                ["websocket_id"] = session.Id(),
                ["websocket_url"] = socket.Uri.ToString(),
            }
        );
    }

    private static string SecretOf(Transaction tx)
    {
        var kept =
            tx.Find(SecretKind, SecretId)
            ?? tx.Add(
                new JsonObject
                {
                    ["id"] = SecretId,
                    ["object"] = SecretKind,
                    ["secret"] = $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}",
                }
            );
        return kept.Text("secret");
    }

    /// <summary>A command line that comes back with a removed session gets an error, and makes a new one.</summary>
    private static void RemoveOld(Transaction tx)
    {
        foreach (var old in tx.NewestFirst(Kind).Where(old => old.Int("created") < tx.Now - KeptSeconds).ToList())
        {
            tx.Remove(old);
        }
    }
}
