using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>
/// Where the cardholder passes 3D Secure for an intent: the Sandbox's own page. With a <c>return_url</c> the seller
/// sends the browser there; without, Stripe.js would open it.
/// </summary>
internal static class NextAction
{
    private const string ReturnUrl = "_return_url";

    /// <summary>Keeps where a confirmation wants its customer back.</summary>
    public static void NoteReturn(JsonObject intent, JsonObject input) =>
        intent[ReturnUrl] = input.Flag("use_stripe_sdk") ? null : input.TextOrNull("return_url");

    public static string? ReturnUrlOf(JsonObject intent) => intent.TextOrNull(ReturnUrl);

    public static JsonObject Of(Transaction tx, JsonObject intent)
    {
        var page = $"{tx.BaseUrl}/3ds/{intent.Text("client_secret")}";
        return ReturnUrlOf(intent) is { } back
            ? new JsonObject
            {
                ["redirect_to_url"] = new JsonObject { ["return_url"] = back, ["url"] = page },
                ["type"] = "redirect_to_url",
            }
            : new JsonObject
            {
                ["type"] = "use_stripe_sdk",
                ["use_stripe_sdk"] = new JsonObject { ["stripe_js"] = page, ["type"] = "three_d_secure_redirect" },
            };
    }

    /// <summary>The intent that waits behind a client secret; null for none, or where its own page asks.</summary>
    public static JsonObject? Find(Transaction tx, string clientSecret)
    {
        var id = clientSecret.Split("_secret_")[0];
        var intent = tx.Find(PaymentIntentDocument.Kind, id) ?? tx.Find(SetupIntentDocument.Kind, id);
        return intent?.Text("client_secret") == clientSecret && !IsOfCheckout(tx, id) ? intent : null;
    }

    private static bool IsOfCheckout(Transaction tx, string id) =>
        tx.NewestFirst(Checkout.CheckoutSessionRoutes.Kind)
            .Any(session =>
                session.Text("status") == "open"
                && (session.TextOrNull("_payment_intent") == id || session.TextOrNull("setup_intent") == id)
            );
}
