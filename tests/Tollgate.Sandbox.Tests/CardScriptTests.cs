using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Outcomes of the next charges, by script.</summary>
public sealed class CardScriptTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Renewal_fails_as_scripted_and_the_retry_succeeds()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Start);
        var customer = await Some.CustomerAsync(sandbox);
        var subscription = await Some.SubscriptionAsync(sandbox, customer);
        sandbox.Server.CardScripts.Add(customer, CardOutcome.Decline("insufficient_funds"), CardOutcome.Succeed);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal("past_due", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        var failed = (await sandbox.EventsAsync("charge.failed")).Single();
        Assert.Equal("insufficient_funds", Answered.At(failed, "data.object.outcome.reason").GetString());
        Assert.Equal([CardOutcome.Succeed], sandbox.Server.CardScripts.Waiting(customer));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("active", (await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}"))["status"]);
        Assert.Empty(sandbox.Server.CardScripts.Targets);
    }

    [Fact]
    public async Task Bank_asks_for_authentication_when_the_script_says_so()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Start);
        var customer = await Some.CustomerAsync(sandbox);
        await Some.SubscriptionAsync(sandbox, customer);
        sandbox.Server.CardScripts.Add(customer, CardOutcome.RequiresAction);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Single(await sandbox.EventsAsync("invoice.payment_action_required"));
    }

    [Fact]
    public async Task Refused_command_has_asked_the_card_all_the_same()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Start);
        var customer = await Some.CustomerAsync(sandbox);
        var price = await Some.PriceAsync(sandbox);
        sandbox.Server.CardScripts.Add(customer, CardOutcome.Decline("do_not_honor"));
        string[] form = [$"customer={customer}", $"items[0][price]={price}", "payment_behavior=error_if_incomplete"];
        var refused = await sandbox.RefusedAsync(402, HttpMethod.Post, "/v1/subscriptions", form);
        Assert.Equal("do_not_honor", refused["error.decline_code"]);
        await sandbox.PostAsync("/v1/subscriptions", form);
    }

    [Fact]
    public async Task All_cards_of_a_number_are_declined_at_checkout_by_script()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(Start);
        var session = await Some.CheckoutAsync(sandbox);
        await sandbox.PostAsync(
            "/_sandbox/chaos/cards",
            "target=4242424242424242",
            "outcomes[]=stolen_card",
            "outcomes[]=succeed"
        );
        Assert.Equal("succeed", (await sandbox.GetAsync("/_sandbox/chaos"))["cards.0.outcomes.1"]);
        var (status, _) = await Form.CardAsync(sandbox, $"/c/pay/{session.Id}", "4242424242424242", "email=a@b.test");
        Assert.Equal(402, status);
        (status, _) = await Form.CardAsync(sandbox, $"/c/pay/{session.Id}", "4242424242424242", "email=a@b.test");
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Outcome_that_stripe_does_not_know_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var refused = await sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/_sandbox/chaos/cards",
            "target=cus_1",
            "outcomes[]=bad_mood"
        );
        Assert.Equal("outcomes", refused["error.param"]);
        await sandbox.PostAsync("/_sandbox/chaos/cards", "target=cus_1", "outcomes[]=lost_card");
        await sandbox.DeleteAsync("/_sandbox/chaos/cards/cus_1");
        await sandbox.RefusedAsync(404, HttpMethod.Delete, "/_sandbox/chaos/cards/cus_1");
    }
}
