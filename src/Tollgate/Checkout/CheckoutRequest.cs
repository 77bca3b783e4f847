using Tollgate.Catalog;

namespace Tollgate.Checkout;

/// <summary>What a customer asks to buy, as it is compared with the session that is open.</summary>
/// <param name="SeatsMin">Fewest that may be chosen on Stripe's page.</param>
/// <param name="Currency">Null for the catalog's first.</param>
internal sealed record CheckoutRequest(CatalogPrice Price, int Seats, int SeatsMin, string? Currency)
{
    public bool IsSameAs(OpenCheckout open) =>
        open.Price == Price.Price.Alias
        && open.Seats == Seats
        && open.SeatsMin == SeatsMin
        && open.Currency == Currency;

    public OpenCheckout ToIntent(AccountId account, DateTimeOffset now) =>
        new()
        {
            AccountId = account,
            IdempotencyKey = $"checkout-{Guid.NewGuid():N}",
            Price = Price.Price.Alias,
            Seats = Seats,
            SeatsMin = SeatsMin,
            Currency = Currency,
            CreatedAt = now,
        };
}
