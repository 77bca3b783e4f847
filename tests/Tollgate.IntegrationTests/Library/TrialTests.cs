using System.Text.Json;
using Tollgate.Catalog;

namespace Tollgate.IntegrationTests.Library;

public sealed class TrialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trial_without_a_card_gives_the_plan_is_shown_with_its_end_and_is_had_once()
    {
        await using var app = await StartAsync(new PlanTrial(14) { NeedsCard = false });
        var offered = (await app.GetAsync("plans")).GetProperty("plans")[1].GetProperty("trial");
        Assert.Equal(14, offered.GetProperty("days").GetInt32());
        var session = await BeginAsync(app);

        Assert.Equal(0, session.GetProperty("amount_total").GetInt64());
        var ends = session.GetProperty("created").GetInt64() + 14 * 24 * 3600;
        var status = await app.GetAsync("status");
        Assert.Equal(("team", "active"), (Text(status, "tier"), Text(status, "status")));
        Assert.InRange(TrialEnd(status).ToUnixTimeSeconds(), ends, ends + 3600);
        var (_, explained) = await app.CommandAsync("explain", "acme");
        Assert.Contains("is on trial until", explained.ReplaceLineEndings(" "), StringComparison.Ordinal);

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(14) + TimeSpan.FromHours(2), Token);
        await BecomesFreeAsync(app);
        Assert.Equal("canceled", await app.QueryAsync<string>("SELECT stripe_status FROM billing.subscriptions"));

        var second = await app.OpenCheckoutAsync("business_monthly");
        Assert.Equal(8000, second.GetProperty("amount_total").GetInt64());
    }

    [Fact]
    public async Task A_trial_with_a_card_goes_on_as_a_paid_plan()
    {
        await using var app = await StartAsync(new PlanTrial(14));
        await app.BuyAsync();
        var end = TrialEnd(await app.GetAsync("status"));

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(14) + TimeSpan.FromHours(2), Token);

        await app.StatusBecomesAsync(
            status =>
                status.GetProperty("trial_ends_at").ValueKind == JsonValueKind.Null
                && status.GetProperty("period_end").GetDateTimeOffset() > end,
            "the trial to be followed by a paid month"
        );
        Assert.Equal("team", Text(await app.GetAsync("status"), "tier"));
    }

    [Fact]
    public async Task A_trial_that_pauses_leaves_the_account_free_and_another_subscription_takes_its_place()
    {
        await using var app = await StartAsync(
            new PlanTrial(7) { NeedsCard = false, WithoutCard = TrialWithoutCard.Pauses }
        );
        await BeginAsync(app);
        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(2), Token);
        await BecomesFreeAsync(app);
        var paused = await app.SubscriptionAsync();
        Assert.Equal("paused", Text(paused, "status"));

        await app.BuyAsync();

        var bought = await app.SubscriptionAsync();
        Assert.Equal("active", Text(bought, "status"));
        Assert.NotEqual(Text(paused, "id"), Text(bought, "id"));
        Assert.Equal(JsonValueKind.Null, bought.GetProperty("trial_end").ValueKind);
    }

    [Fact]
    public async Task A_trial_without_a_card_stays_one_when_a_change_is_arranged_and_taken_back()
    {
        await using var app = await StartAsync(new PlanTrial(14) { NeedsCard = false });
        await BeginAsync(app);
        var ends = TrialEnd(await app.GetAsync("status"));

        await app.PostAsync(
            "upgrade",
            new
            {
                price_id = "team_annual",
                preview = false,
                effective = "period_end",
            }
        );
        var arranged = await app.SubscriptionAsync();
        Assert.Equal(("trialing", ends.ToUnixTimeSeconds()), (Text(arranged, "status"), TrialEndOf(arranged)));
        using var back = await app.Client.DeleteAsync("/api/billing/upgrade", Token);
        Assert.True(back.IsSuccessStatusCode);
        var taken = await app.SubscriptionAsync();
        Assert.Equal(("trialing", ends.ToUnixTimeSeconds()), (Text(taken, "status"), TrialEndOf(taken)));

        await app.Sandbox.AdvanceAsync(TimeSpan.FromDays(14) + TimeSpan.FromHours(2), Token);
        await BecomesFreeAsync(app);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(731)]
    public void A_trial_of_days_that_Stripe_does_not_take_is_a_faulty_catalog(int days) =>
        Assert.Equal(
            ["Plan team has a trial, which takes 1 to 730 days and a price."],
            Some.CatalogOf(Some.Team with { Trial = new PlanTrial(days) }).FindFaults()
        );

    private static Task<LibraryApp> StartAsync(PlanTrial trial) =>
        LibraryApp.StartAsync(Some.CatalogOf(Some.Team with { Trial = trial }, Some.Business with { Trial = trial }));

    /// <summary>Goes through Stripe's page without a card.</summary>
    private static async Task<JsonElement> BeginAsync(LibraryApp app)
    {
        var session = await app.OpenCheckoutAsync("team_monthly");
        await app.Stripe.PostAsync($"/v1/payment_pages/{Text(session, "id")}/confirm", ("expected_amount", "0"));
        await app.StatusBecomesAsync(status => Text(status, "tier") == "team", "the trial to give the plan");
        return session;
    }

    private static Task BecomesFreeAsync(LibraryApp app) =>
        app.StatusBecomesAsync(status => Text(status, "tier") == "free", "the trial to be over");

    private static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();

    private static long TrialEndOf(JsonElement subscription) => subscription.GetProperty("trial_end").GetInt64();

    private static DateTimeOffset TrialEnd(JsonElement status) =>
        status.GetProperty("trial_ends_at").GetDateTimeOffset();
}
