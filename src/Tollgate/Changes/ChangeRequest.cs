using Tollgate.Catalog;

namespace Tollgate.Changes;

/// <summary>What a caller wants changed: the seats, or the plan, and the other stays.</summary>
internal sealed record ChangeRequest
{
    private ChangeRequest(ChangeKind kind, int? seats, CatalogPrice? price)
    {
        Kind = kind;
        Seats = seats;
        Price = price;
    }

    public ChangeKind Kind { get; }

    private int? Seats { get; }

    private CatalogPrice? Price { get; }

    public static ChangeRequest OtherSeats(int seats) => new(ChangeKind.Seats, seats, price: null);

    public static ChangeRequest OtherPlan(CatalogPrice price) => new(ChangeKind.Plan, seats: null, price);

    public CatalogPrice PriceOn(ChangeTarget subject) => Price ?? subject.Price;

    /// <summary>Other seats leave the price alone, though it may be one that is no longer sold.</summary>
    public string PriceIdOn(ChangeTarget subject) => Price?.StripeId ?? subject.Item.PriceId;

    public int SeatsOn(ChangeTarget subject) => Seats ?? subject.Seats;

    public bool IsQuotedBy(Quote quote) =>
        quote.Kind == Kind
        && (Seats ?? quote.Seats) == quote.Seats
        && (Price?.Price.Alias ?? quote.Price) == quote.Price;
}
