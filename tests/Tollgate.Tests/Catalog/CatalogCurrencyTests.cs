using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

public sealed class CatalogCurrencyTests
{
    private static readonly Money Eur = new(18_00, "eur");
    private static readonly Money Jpy = new(3000, "jpy");

    [Fact]
    public void The_first_price_says_what_is_sold_in_and_its_own_currency_comes_first()
    {
        var catalog = CatalogOf(Price("a", Money.Usd(20_00), Eur, Jpy), Price("b", Money.Usd(40_00), Jpy, Eur));

        Assert.Equal(["usd", "eur", "jpy"], catalog.Currencies);
        Assert.Equal(Jpy, catalog.Plans[1].Prices[1].In("jpy"));
        Assert.Null(catalog.Plans[1].Prices[0].In("sek"));
        Assert.Empty(CatalogOf().Currencies);
    }

    [Fact]
    public void A_catalog_that_contradicts_itself_says_where()
    {
        Assert.Contains("Price b is in usd;", Complaint(Price("a", Money.Usd(1), Eur), Price("b", Money.Usd(1))));
        Assert.Contains(
            "Price b is in eur, usd;",
            Complaint(Price("a", Money.Usd(1), Eur), Price("b", Eur, Money.Usd(1)))
        );
        Assert.Contains("Price a names a currency twice", Complaint(Price("a", Money.Usd(1), Eur, Eur)));
        Assert.Contains("Price a is in xyz, which", Complaint(Price("a", new Money(1, "xyz"))));
        Assert.Contains("Price a is in EUR, which", Complaint(Price("a", Money.Usd(1), new Money(1, "EUR"))));
    }

    [Theory]
    [InlineData(1505, "kwd", "Price a is 1.505 kwd; what Stripe charges is a multiple of 0.010 kwd.")]
    [InlineData(1505, "tnd", "Price a is 1.505 tnd; what Stripe charges is a multiple of 0.010 tnd.")]
    [InlineData(1500_50, "isk", "Price a is 1500.50 isk; what Stripe charges is a multiple of 1 isk.")]
    [InlineData(1500_50, "ugx", "Price a is 1500.50 ugx; what Stripe charges is a multiple of 1 ugx.")]
    public void A_price_that_Stripe_would_not_charge_is_refused_and_the_nearest_is_not(
        long minor,
        string currency,
        string complaint
    )
    {
        Assert.Contains(complaint, Complaint(Price("a", new Money(minor, currency))));
        var whole = new Money(minor / 100 * 100, currency);
        Assert.Equal(whole, CatalogOf(Price("a", whole)).Plans[1].Prices[0].UnitAmount);
        Assert.Equal([currency], CatalogOf(Price("a", whole)).Currencies);
    }

    private static string Complaint(params PlanPrice[] prices) => string.Join(' ', CatalogOf(prices).FindFaults());

    private static PlanPrice Price(string alias, Money amount, params Money[] also) =>
        new(alias, BillingInterval.Month, amount) { Also = also };

    private static PlanCatalog CatalogOf(params PlanPrice[] prices) =>
        new("Some", [new Plan("free", "Free"), new Plan("team", "Team") { Prices = prices }], [], []);
}
