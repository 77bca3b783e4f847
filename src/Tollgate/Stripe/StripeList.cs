namespace Tollgate.Stripe;

/// <summary>A page of a list, or the part of one that Stripe embeds in an object (ten elements at the most).</summary>
/// <param name="HasMore">The list goes on at <paramref name="Url"/>: what is here is not all.</param>
/// <param name="Url">Path of the whole list.</param>
public sealed record StripeList<T>(IReadOnlyList<T> Data, bool HasMore, string? Url);

internal sealed record ListWire<T>(IReadOnlyList<T> Data, bool HasMore, string? Url = null)
{
    public StripeList<TOurs> Read<TOurs>(Func<T, TOurs> read) => new([.. Data.Select(read)], HasMore, Url);
}
