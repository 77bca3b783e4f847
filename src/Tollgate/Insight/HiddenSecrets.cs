using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tollgate.Insight;

/// <summary>
/// A payload of Stripe's as it may be shown: without secrets, and without the addresses that open a payment or a portal
/// for whoever has them. Pure.
/// </summary>
internal static partial class HiddenSecrets
{
    public const string Hidden = "(hidden)";

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Of(string payload) => Shown(JsonNode.Parse(payload), name: "");

    private static JsonNode? Shown(JsonNode? value, string name) =>
        value switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Shown(member.Value, member.Key)))
            ),
            JsonArray items => new JsonArray([.. items.Select(item => Shown(item, name))]),
            JsonValue text when text.TryGetValue<string>(out var said) && IsSecret(name, said) => Hidden,
            _ => value?.DeepClone(),
        };

    private static bool IsSecret(string name, string text) => SecretName().IsMatch(name) || SecretText().IsMatch(text);

    // hosted_invoice_url, invoice_pdf, receipt_url and a session's url carry their own key
    [GeneratedRegex("secret|^url$|_url$|_pdf$|^fingerprint$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SecretName();

    [GeneratedRegex("_secret_|^[srp]k_(?:live|test)_|^whsec_", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SecretText();
}
