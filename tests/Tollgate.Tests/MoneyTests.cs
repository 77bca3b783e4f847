namespace Tollgate.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(20_00, "usd", "20.00 usd")]
    [InlineData(-5, "eur", "-0.05 eur")]
    [InlineData(1600, "jpy", "1600 jpy")]
    [InlineData(1500, "bhd", "1.500 bhd")]
    [InlineData(1500, "kwd", "1.500 kwd")]
    [InlineData(1500, "tnd", "1.500 tnd")]
    [InlineData(1500_00, "isk", "1500 isk")]
    [InlineData(-1500_00, "ugx", "-1500 ugx")]
    [InlineData(1500_50, "isk", "1500.50 isk")] // from before Stripe refused it
    [InlineData(4990_00, "huf", "4990.00 huf")]
    [InlineData(4990_50, "idr", "4990.50 idr")]
    [InlineData(4990_50, "cop", "4990.50 cop")]
    [InlineData(4990_50, "rsd", "4990.50 rsd")]
    [InlineData(4990_50, "pkr", "4990.50 pkr")]
    [InlineData(4990_50, "lbp", "4990.50 lbp")]
    [InlineData(5000, "mga", "5000 mga")]
    [InlineData(5000, "xpf", "5000 xpf")]
    public void Is_shown_with_the_digits_that_Stripe_counts_in(long minor, string currency, string shown) =>
        Assert.Equal(shown, new Money(minor, currency).ToText());
}
