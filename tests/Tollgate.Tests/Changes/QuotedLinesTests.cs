using Tollgate.Changes;

namespace Tollgate.Tests.Changes;

public sealed class QuotedLinesTests
{
    [Fact]
    public void Discount_tax_and_balance_are_lines_of_their_own_and_all_lines_make_the_amount()
    {
        var invoice = Some.Invoice() with { Discount = 1500, Tax = 900, Total = 5400, AmountDue = 5000 };

        var lines = QuotedLines.Of(invoice)!;

        Assert.Equal(5000, lines.Sum(line => line.Amount));
        Assert.Equal([-1500L, 900, -400], lines.Skip(1).Select(line => line.Amount));
    }

    [Fact]
    public void Lines_that_do_not_make_the_total_are_shown_to_nobody() =>
        Assert.Null(QuotedLines.Of(Some.Invoice() with { Total = 33472, AmountDue = 33472 }));
}
