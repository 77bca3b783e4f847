using Tollgate.Catalog;

namespace Tollgate.Tests;

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
        Assert.Contains("Price a is in EUR, which", Complaint(Price("a", Money.Usd(1), new Money(1, "EUR"))));
    }

    private static string Complaint(params PlanPrice[] prices) => string.Join(' ', CatalogOf(prices).FindFaults());

    private static PlanPrice Price(string alias, Money amount, params Money[] also) =>
        new(alias, BillingInterval.Month, amount) { Also = also };

    private static PlanCatalog CatalogOf(params PlanPrice[] prices) =>
        new("Some", [new Plan("free", "Free"), new Plan("team", "Team") { Prices = prices }], [], []);
}
