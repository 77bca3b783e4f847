using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>What the engine has to know of a kind of documents.</summary>
/// <param name="Name">Stripe's <c>object</c> member.</param>
/// <param name="Indexed">What its documents are looked up by besides their id.</param>
internal sealed record DocumentKind(string Name, params IReadOnlyList<IndexedMember> Indexed)
{
    /// <summary>
    /// When a document next changes by itself, in unix seconds of the clock it lives by; it returns null if never. Null
    /// where no document of the kind ever does.
    /// </summary>
    public Func<JsonObject, long?>? DueAt { get; init; }

    /// <summary>What happens to a document when its time has come; null where a command step takes it over.</summary>
    public Action<Transaction, JsonObject>? WhenDue { get; init; }
}
