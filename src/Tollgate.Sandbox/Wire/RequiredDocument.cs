using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>Documents that are there, or Stripe's refusal.</summary>
internal static class RequiredDocument
{
    /// <summary>
    /// The document, or Stripe's "No such ..." refusal: 404 when the path names it, 400 for a parameter.
    /// </summary>
    /// <exception cref="StripeException">There is none, or it was deleted.</exception>
    public static JsonObject Get(this Transaction tx, string kind, string id, string? parameter = null) =>
        tx.Find(kind, id) is { } document && !document.Flag("deleted")
            ? document
            : throw StripeException.NoSuch(kind, id, parameter);
}
