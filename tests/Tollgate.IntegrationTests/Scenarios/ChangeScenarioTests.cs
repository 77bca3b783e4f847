using System.Text.Json;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>Seats and plan of a subscriber change.</summary>
public sealed class ChangeScenarioTests
{
    internal OpenStage Stage { get; init; } = TestMode.OpenStageAsync;

    [Fact]
    public async Task More_seats_of_a_month_stand_in_the_row_and_as_a_line_on_the_next_invoice()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;
        await scenario.AdvanceAsync(TimeSpan.FromDays(10));

        await ChangeAsync(scenario, "seats", date => Seats(5, date));

        await scenario.RowIsAsync(row with { Seats = 5 });
        Assert.Single(await scenario.ListAsync("invoices"));
        await scenario.RenewAsync(row);
        await scenario.RowIsAsync(
            row with
            {
                Seats = 5,
                PeriodEnd = Scenario.EndOf(await scenario.SubscriptionAsync(row)),
            }
        );
        var renewal = (await scenario.ListAsync("invoices"))[0];
        Assert.Contains(LinesOf(renewal), line => IsProration(line) && Amount(line) > 0);
        Assert.Contains(LinesOf(renewal), line => !IsProration(line) && Amount(line) == 5 * 20_00);
    }

    [Fact]
    public async Task More_seats_of_a_year_stand_in_the_row_and_on_an_invoice_at_once()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage, "team_annual");
        await using var ends = scenario;
        await scenario.AdvanceAsync(TimeSpan.FromDays(100));

        await ChangeAsync(scenario, "seats", date => Seats(5, date));

        await scenario.RowIsAsync(row with { Seats = 5 });
        var invoices = await scenario.ListAsync("invoices");
        Assert.Equal(2, invoices.Count);
        Assert.All(LinesOf(invoices[0]), line => Assert.True(IsProration(line)));
        Assert.InRange(invoices[0].GetProperty("amount_paid").GetInt64(), 1, 2 * 192_00);
    }

    [Fact]
    public async Task Team_becomes_Business_with_its_seats_and_a_Business_feature_opens()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;
        await scenario.BusinessAnswersAsync(402, "feature_not_available");

        await ChangeAsync(scenario, "upgrade", date => Plan("business_monthly", date));

        await scenario.RowIsAsync(row with { PlanTier = "business", Price = scenario.PriceId("business_monthly") });
        await scenario.BusinessAnswersAsync(200);
        await scenario.TeamStaysOpenAsync();
    }

    /// <summary>What the preview says is confirmed by its date.</summary>
    private static async Task ChangeAsync(Scenario scenario, string what, Func<long?, object> change)
    {
        var preview = await scenario.AskAsync(what, change(null));
        await scenario.AskAsync(what, change(preview.GetProperty("proration_date").GetInt64()));
    }

    private static object Seats(int count, long? date) =>
        date is null
            ? new { seat_count = count, preview = true }
            : new
            {
                seat_count = count,
                preview = false,
                proration_date = date,
            };

    private static object Plan(string price, long? date) =>
        date is null
            ? new { price_id = price, preview = true }
            : new
            {
                price_id = price,
                preview = false,
                proration_date = date,
            };

    private static IEnumerable<JsonElement> LinesOf(JsonElement invoice) =>
        invoice.GetProperty("lines").GetProperty("data").EnumerateArray();

    private static long Amount(JsonElement line) => line.GetProperty("amount").GetInt64();

    private static bool IsProration(JsonElement line) =>
        line.GetProperty("parent").GetProperty("subscription_item_details").GetProperty("proration").GetBoolean();
}
