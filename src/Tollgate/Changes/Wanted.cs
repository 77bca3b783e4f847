using Tollgate.Catalog;

namespace Tollgate.Changes;

/// <summary>What a caller wants changed: the seats, or the plan, and the other stays.</summary>
internal sealed record Wanted
{
    private Wanted(ChangeKind kind, int? seats, CatalogPrice? price)
    {
        Kind = kind;
        Seats = seats;
        Price = price;
    }

    public ChangeKind Kind { get; }

    private int? Seats { get; }

    private CatalogPrice? Price { get; }

    public static Wanted OtherSeats(int seats) => new(ChangeKind.Seats, seats, price: null);

    public static Wanted OtherPlan(CatalogPrice price) => new(ChangeKind.Plan, seats: null, price);

    public CatalogPrice PriceOn(Changeable subject) => Price ?? subject.Price;

    /// <summary>Other seats leave the price alone, though it may be one that is no longer sold.</summary>
    public string PriceIdOn(Changeable subject) => Price?.StripeId ?? subject.Item.PriceId;

    public int SeatsOn(Changeable subject) => Seats ?? subject.Seats;

    public bool IsQuotedBy(Quote quote) =>
        quote.Kind == Kind
        && (Seats ?? quote.Seats) == quote.Seats
        && (Price?.Price.Alias ?? quote.Price) == quote.Price;
}
