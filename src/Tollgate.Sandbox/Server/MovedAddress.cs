using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;

namespace Tollgate.Sandbox.Server;

/// <summary>
/// A journal that goes on at another port: the links that its documents show lead to where the Sandbox answers now.
/// </summary>
internal static class MovedAddress
{
    private const string Kind = "_address";
    private const string Id = "sandbox";

    private static readonly (string Kind, string Member)[] Links =
    [
        ("invoice", "hosted_invoice_url"),
        ("checkout.session", "url"),
        ("billing_portal.session", "url"),
    ];

    /// <returns>Whether it moved.</returns>
    public static bool Follow(Transaction tx)
    {
        if (tx.Find(Kind, Id)?.Text("url") == tx.BaseUrl)
        {
            return false;
        }

        foreach (var (kind, member) in Links)
        {
            foreach (var shown in tx.NewestFirst(kind).Where(each => each.TextOrNull(member) is not null).ToList())
            {
                var path = new Uri(shown.Text(member)).PathAndQuery;
                tx.Change(shown, change => change[member] = tx.BaseUrl + path);
            }
        }

        foreach (var kind in (string[])[PaymentIntentDocument.Kind, SetupIntentDocument.Kind])
        {
            foreach (var asking in tx.NewestFirst(kind).Where(each => each["next_action"] is not null).ToList())
            {
                tx.Change(asking, change => change["next_action"] = NextAction.Of(tx, change));
            }
        }

        tx.Add(
            new JsonObject
            {
                ["id"] = Id,
                ["object"] = Kind,
                ["url"] = tx.BaseUrl,
            }
        );
        return true;
    }
}
