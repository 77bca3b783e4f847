namespace Tollgate.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(20_00, "usd", "20.00 usd")]
    [InlineData(-5, "eur", "-0.05 eur")]
    [InlineData(1600, "jpy", "1600 jpy")]
    [InlineData(1500, "bhd", "1.500 bhd")]
    [InlineData(1500_00, "isk", "1500.00 isk")]
    [InlineData(1500_00, "ugx", "1500.00 ugx")]
    public void Is_shown_with_the_digits_that_Stripe_counts_in(long minor, string currency, string shown) =>
        Assert.Equal(shown, new Money(minor, currency).ToText());
}
