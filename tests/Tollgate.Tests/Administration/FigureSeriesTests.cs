using Tollgate.Catalog;
using Tollgate.Insight;
using Tollgate.Usage;

namespace Tollgate.Tests.Administration;

public sealed class FigureSeriesTests
{
    private static readonly PlanCatalog Catalog = new(
        "Hydra",
        [
            new Plan("free", "Free"),
            new Plan("team", "Team")
            {
                Prices =
                [
                    new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00)),
                    new PlanPrice("team_annual", BillingInterval.Year, Money.Usd(100_00)),
                ],
            },
        ],
        [],
        []
    );

    private static readonly PriceBook Prices = new(
        Catalog,
        Catalog.Plans.SelectMany(plan => plan.Prices).ToDictionary(price => price.Alias, Ids)
    );

    private static readonly DateOnly Until = new(2026, 11, 21);

    [Fact]
    public void A_year_counts_a_twelfth_rounded_once()
    {
        var revenue = RecurringRevenue.Of(
            [new("price_team_monthly", 3), new("price_team_annual", 1), new("old_team_annual", 1)],
            Prices
        );

        // 2 x 100.00 / 12 = 16.67, where each by itself would be 8.33
        Assert.Equal([Money.Usd(60_00 + 16_67)], revenue);
    }

    [Fact]
    public void Each_currency_is_counted_by_itself_and_one_that_is_not_sold_in_brings_nothing()
    {
        var team = new PlanPrice("team_monthly", BillingInterval.Month, Money.Usd(20_00))
        {
            Also = [new Money(18_00, "eur"), new Money(3000, "jpy")],
        };
        var catalog = new PlanCatalog(
            "Hydra",
            [new Plan("free", "Free"), new Plan("team", "Team") { Prices = [team] }],
            [],
            []
        );
        var book = new PriceBook(
            catalog,
            new Dictionary<string, IReadOnlyList<string>> { ["team_monthly"] = Ids(team) }
        );

        var revenue = RecurringRevenue.Of(
            [
                new("price_team_monthly", 1),
                new("price_team_monthly", 2, "usd"),
                new("old_team_monthly", 1, "eur"),
                new("price_team_monthly", 2, "jpy"),
                new("price_team_monthly", 9, "sek"),
            ],
            book
        );

        Assert.Equal([new Money(18_00, "eur"), new Money(6000, "jpy"), Money.Usd(60_00)], revenue);
        Assert.False(RecurringRevenue.Knows(new("price_team_monthly", 9, "sek"), book));
    }

    [Fact]
    public void A_price_that_nobody_knows_brings_nothing() =>
        Assert.Empty(RecurringRevenue.Of([new("price_of_another", 3), new(string.Empty, 1)], Prices));

    [Fact]
    public void What_began_before_the_first_day_stands_at_its_beginning()
    {
        var days = Series(
            Until.AddDays(-1),
            [new(Until.AddDays(-40), "price_team_monthly", 2, 5), new(Until, "price_team_monthly", -1, -2)]
        );

        Assert.Equal([5L, 3L], days.Select(day => day.Seats));
        Assert.Equal([100_00L, 60_00L], days.Select(day => Assert.Single(day.Revenue).AmountMinor));
        Assert.Equal([2L, 1L], days.Select(day => day.Plans["team"]));
    }

    [Fact]
    public void History_begins_where_something_was_written_down_and_not_before()
    {
        var days = Series(Until.AddDays(-89), [new(Until.AddDays(-2), "price_team_monthly", 1, 1)]);

        Assert.Equal([Until.AddDays(-2), Until.AddDays(-1), Until], days.Select(day => day.Date));
        Assert.Empty(Series(Until.AddDays(-89), []));
    }

    [Fact]
    public void A_plan_that_nobody_pays_for_any_more_is_not_named()
    {
        var days = Series(Until, [new(Until, "price_team_monthly", 1, 2), new(Until, "price_team_monthly", -1, -2)]);

        Assert.Empty(Assert.Single(days).Plans);
        Assert.Empty(days[0].Revenue);
    }

    [Fact]
    public void A_month_stands_as_its_last_day_did_and_sums_up_what_happened()
    {
        var days = FigureSeries.Of(
            new DateOnly(2026, 10, 30),
            new DateOnly(2026, 11, 2),
            [
                new(new DateOnly(2026, 10, 30), "price_team_monthly", 1, 2),
                new(new DateOnly(2026, 11, 2), "price_team_monthly", 0, 1),
            ],
            [new(new DateOnly(2026, 11, 1), 2, 1, 0), new(new DateOnly(2026, 11, 2), 1, 0, 1)],
            [
                new MeterDay(new(2026, 10, 31), "fix", 4),
                new(new(2026, 11, 1), "fix", 1),
                new(new(2026, 11, 2), "fix", 2),
            ],
            Prices
        );

        var months = FigureSeries.ByMonth(days);

        Assert.Equal([new(2026, 10, 1), new DateOnly(2026, 11, 1)], months.Select(month => month.Date));
        Assert.Equal([2L, 3L], months.Select(month => month.Seats));
        Assert.Equal([4L, 3L], months.Select(month => month.Usage["fix"]));
        Assert.Equal((3L, 1L, 1L), (months[1].Failed, months[1].Recovered, months[1].Lost));
    }

    private static IReadOnlyList<string> Ids(PlanPrice price) => [$"price_{price.Alias}", $"old_{price.Alias}"];

    private static IReadOnlyList<FigurePoint> Series(DateOnly from, IReadOnlyList<PayingChange> paying) =>
        FigureSeries.Of(from, Until, paying, [], [], Prices);
}
