namespace Tollgate.Catalog;

/// <summary>
/// What is sold beside a plan and grants nothing by itself: priority support, a training. People add it to a
/// subscription at Stripe; the plan's own item decides all that gates.
/// </summary>
/// <param name="Id">Snake case, never renamed: <c>priority_support</c>.</param>
/// <param name="Name">As shown to people: <c>Priority support</c>.</param>
/// <param name="Prices">Its prices at Stripe: ids (<c>price_...</c>) or lookup keys.</param>
public sealed record AddOn(string Id, string Name, IReadOnlyList<string> Prices);
