using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>What is written to the caller.</summary>
internal sealed record Reply(int Status, byte[] Body, bool IsReplay);

/// <summary>
/// Idempotency keys: the first result of a key is kept for a day of Sandbox time and given again for the same request.
/// A request that was refused before it changed anything leaves no trace, so that it can be corrected and sent again.
/// </summary>
internal static class IdempotentReplay
{
    public const string Kind = "_idempotency";
    private const long KeptSeconds = 24 * 3600;

    public static long? DueAt(JsonObject kept) => kept.Int("created") + KeptSeconds;

    public static StripeException KeyInUse(string key) =>
        new(
            409,
            "idempotency_error",
            $"There is currently another in-progress request using this Idempotency Key '{key}'. "
                + "Please try again later."
        )
        {
            Code = "idempotency_key_in_use",
        };

    public static string Fingerprint(string method, string path, FormNode form) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{method} {path} {form.Canonical()}")));

    public static Reply Around(
        Transaction tx,
        string? key,
        string fingerprint,
        Func<(int Status, JsonObject Body)> execute
    )
    {
        if (key is not null && tx.Find(Kind, key) is { } earlier)
        {
            return earlier.Text("fingerprint") == fingerprint
                ? new Reply((int)earlier.Int("status"), Encoding.UTF8.GetBytes(earlier.Text("body")), IsReplay: true)
                : throw new StripeException(
                    400,
                    "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                        + $"Try using a key other than '{key}' if you meant to execute a different request."
                );
        }

        var (status, body) = execute();
        var bytes = Rendering.ToBytes(body);
        if (key is not null)
        {
            tx.Add(
                new JsonObject
                {
                    ["id"] = key,
                    ["object"] = Kind,
                    ["created"] = tx.Now,
                    ["fingerprint"] = fingerprint,
                    ["status"] = status,
                    ["body"] = Encoding.UTF8.GetString(bytes),
                }
            );
        }

        return new Reply(status, bytes, IsReplay: false);
    }
}
