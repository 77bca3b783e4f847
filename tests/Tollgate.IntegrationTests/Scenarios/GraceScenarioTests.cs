using System.Net;
using Tollgate.Notifications;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>Renewals that fail, and how they end.</summary>
public sealed class GraceScenarioTests
{
    private const string FailsWhenCharged = "4000000000000341";
    private const string AlwaysAsks = "4000002760003184";

    internal OpenStage Stage { get; init; } = TestMode.OpenStageAsync;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_renewal_keeps_access_in_grace_and_ends_free_and_blocked()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;
        var pastDue = await FailsAsync(scenario, row, FailsWhenCharged);
        var since = await scenario.PastDueSinceAsync();

        await scenario.AdvanceAsync(TimeSpan.FromDays(6));
        await scenario.RowStaysAsync(pastDue);
        await scenario.TeamStaysOpenAsync();
        Assert.Equal(since, await scenario.PastDueSinceAsync());

        await scenario.AdvanceAsync(TimeSpan.FromDays(2));
        await scenario.RowIsAsync(pastDue with { PlanTier = "free" });
        await scenario.TeamAnswersAsync(402, "subscription_required");
    }

    [Fact]
    public async Task A_retry_that_succeeds_within_the_grace_leaves_access_uninterrupted()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(Stage);
        await using var ends = scenario;
        await FailsAsync(scenario, row, FailsWhenCharged);
        await scenario.TeamStaysOpenAsync();

        await scenario.ChargeToAsync(row, Scenario.GoodCard);
        await scenario.AdvanceAsync(TimeSpan.FromDays(5)); // Stripe tries again by itself

        await RecoveredAsync(scenario, row);
    }

    /// <summary>The bank's page needs a person, so that this runs at the Sandbox only.</summary>
    [Fact]
    public async Task A_renewal_that_the_bank_asks_about_is_mailed_is_in_grace_and_active_once_authenticated()
    {
        var (scenario, row) = await Scenario.BeginsPaidAsync(SandboxStage.OpenAsync);
        await using var ends = scenario;
        await FailsAsync(scenario, row, AlwaysAsks);
        var attempt = Assert.Single(await scenario.ListAsync("events", ("type", "invoice.payment_action_required")));
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(attempt.GetProperty("created").GetInt64()).UtcDateTime,
            await scenario.PastDueSinceAsync()
        );
        await Eventually.Async(
            async () =>
                (await scenario.Hydra.Service<MailLog>().ListAsync(20, Token)).Any(mail =>
                    mail is { Kind: "payment_action_required", State: "sent" }
                ),
            ct: Token
        );

        var invoice = (await scenario.SubscriptionAsync(row)).GetProperty("latest_invoice").GetString();
        var page = (await scenario.Stripe.GetAsync($"/v1/invoices/{invoice}"))
            .GetProperty("hosted_invoice_url")
            .GetString()!;
        var paid = await SandboxStage.SendCardAsync(scenario.Stripe, new Uri(page).AbsolutePath, AlwaysAsks, true);
        Assert.Equal(HttpStatusCode.OK, paid);

        await RecoveredAsync(scenario, row);
    }

    /// <summary>The renewal's charge fails: past due on the plan, and what is paid for does not move.</summary>
    private static async Task<TenantRow> FailsAsync(Scenario scenario, TenantRow row, string card)
    {
        await scenario.ChargeToAsync(row, card);
        await scenario.RenewAsync(row);
        var pastDue = row with { Status = "past_due" };
        await scenario.RowIsAsync(pastDue);
        await scenario.TeamStaysOpenAsync();
        return pastDue;
    }

    private static async Task RecoveredAsync(Scenario scenario, TenantRow row)
    {
        await scenario.RowIsAsync(row with { PeriodEnd = Scenario.EndOf(await scenario.SubscriptionAsync(row)) });
        Assert.Null(await scenario.PastDueSinceAsync());
        await scenario.TeamStaysOpenAsync();
    }
}
