using System.Text.Json.Nodes;
using Tollgate.Sandbox.Invoices;

namespace Tollgate.Sandbox.Engine;

/// <summary>A member and the value that is searched.</summary>
internal sealed record IndexKey(string Member, string Key);

/// <summary>
/// What documents of a kind are looked up by besides their id. A list's filter of the same name uses it.
/// </summary>
/// <param name="Keys">A document's values; none where it is not to be found.</param>
internal sealed record IndexedMember(string Name, Func<JsonObject, string[]> Keys)
{
    private static readonly Dictionary<string, IndexedMember[]> ByKind = new(StringComparer.Ordinal)
    {
        ["charge"] = [By("customer"), By("payment_intent")],
        ["checkout.session"] = [By("customer"), By("subscription"), By("payment_intent")],
        ["customer"] = [By("email"), By("test_clock")],
        ["customer_balance_transaction"] = [By("customer")],
        ["entitlements.active_entitlement"] = [By("_customer")],
        ["entitlements.feature"] = [By("lookup_key")],
        ["event"] = [ByValue("is_of_type", recorded => recorded.Text("type"))],
        ["invoice"] =
        [
            By("customer"),
            By("status"),
            By("_link"),
            ByValue("subscription", InvoiceDocument.SubscriptionOf),
        ],
        ["invoice_payment"] =
        [
            By("invoice"),
            ByValue("of_intent", payment => payment.Child("payment").TextOrNull("payment_intent")),
        ],
        ["invoiceitem"] =
        [
            By("customer"),
            By("invoice"),
            ByValue("waits_for", item => item.TextOrNull("invoice") is null ? item.TextOrNull("customer") : null),
        ],
        ["payment_intent"] = [By("customer")],
        ["payment_method"] = [By("customer")],
        ["price"] = [By("product"), By("lookup_key")],
        ["product_feature"] = [By("_product")],
        ["refund"] = [By("charge"), By("payment_intent")],
        ["setup_intent"] = [By("customer")],
        ["tax_id"] = [By("customer")],
        ["promotion_code"] = [By("customer"), By("code")],
        ["subscription"] =
        [
            By("customer"),
            By("default_payment_method"),
            By("test_clock"),
            ByValue("has_status", subscription => subscription.TextOrNull("status")),
            ByItem("item", item => item.Id()),
            ByItem("price", item => item.Child("price").Id()),
            ByItem("product", item => item.Child("price").Text("product")),
        ],
        ["subscription_schedule"] = [By("customer")],
        ["_delivery"] =
        [
            By("event"),
            ByValue("waits_for", sent => sent.Text("state") == "waiting" ? sent.Text("endpoint") : null),
        ],
    };

    public static IReadOnlyList<IndexedMember> Of(string kind) => ByKind.GetValueOrDefault(kind, []);

    public static bool Has(JsonObject document, IndexKey by) =>
        Of(document.Kind())
            .First(member => member.Name == by.Member)
            .Keys(document)
            .Contains(by.Key, StringComparer.Ordinal);

    private static IndexedMember By(string name) => ByValue(name, document => document.TextOrNull(name));

    private static IndexedMember ByValue(string name, Func<JsonObject, string?> value) =>
        new(name, document => value(document) is { } key ? [key] : []);

    private static IndexedMember ByItem(string name, Func<JsonObject, string> value) =>
        new(name, subscription => [.. subscription.Listed("items").Select(value)]);
}
