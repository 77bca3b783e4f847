using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// An endpoint's signing secret, and those before it that are still good. Stripe rolls secrets on its Dashboard only.
/// </summary>
internal static class EndpointSecrets
{
    /// <summary>How long an old secret stays good at most.</summary>
    public const long LongestSeconds = 24 * 3600;

    private const string Former = "_former_secrets";

    public static string New() => $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The secrets to sign with, the newest first.</summary>
    public static IReadOnlyList<string> Good(JsonObject endpoint, long now) =>
        [
            endpoint.Text("_secret"),
            .. endpoint.Each(Former).Where(former => former.Int("until") > now).Select(former => former.Text("secret")),
        ];

    /// <summary>Gives an endpoint a new secret; the one it has stays good for some seconds of Sandbox time.</summary>
    public static JsonObject Roll(Transaction tx, JsonObject endpoint, long expiresIn) =>
        tx.Change(
            endpoint,
            change =>
            {
                var replaced = new JsonObject { ["secret"] = change.Text("_secret"), ["until"] = tx.Now + expiresIn };
                var kept = change.Each(Former).Where(former => former.Int("until") > tx.Now);
                change[Former] = new JsonArray([replaced, .. kept.Select(former => former.Copy())]);
                change["_secret"] = New();
            }
        );
}
