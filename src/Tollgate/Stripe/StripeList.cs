namespace Tollgate.Stripe;

/// <summary>One page of a list, for a caller that goes from page to page by itself.</summary>
/// <param name="Next">The cursor of the next page; null when this was the last.</param>
internal sealed record StripePage<T>(IReadOnlyList<T> Data, string? Next);

/// <summary>
/// A list as it comes: a page of it, or the first elements that Stripe embeds in an object. Only the client sees this
/// type, and only <see cref="StripeClient"/> asks whether there is more: whatever leaves it is whole.
/// </summary>
internal sealed record ListWire<T>(IReadOnlyList<T> Data, bool HasMore)
{
    /// <exception cref="StripeShapeException">There is more, so that it is no fact yet.</exception>
    public IReadOnlyList<TOurs> Read<TOurs>(Func<T, TOurs> read) =>
        HasMore
            ? throw new StripeShapeException("$.has_more", "a part of a list where all of it is needed")
            : [.. Data.Select(read)];
}

/// <summary>An object that embeds lists, of which Stripe sends the first elements only.</summary>
internal interface IEmbedsLists<TSelf>
{
    /// <summary>The same with all elements; asks Stripe only where there are more.</summary>
    Task<StripeAnswer<TSelf>> ReadListsAsync(StripeClient client, CancellationToken cancellationToken);
}
