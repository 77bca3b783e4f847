using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests.Cli;

/// <summary>Stripe's own command line makes the events of billing happen.</summary>
public sealed class TriggerTests
{
    [Theory]
    [InlineData("checkout.session.completed")]
    [InlineData("customer.subscription.created")]
    [InlineData("customer.subscription.updated")]
    [InlineData("customer.subscription.deleted")]
    [InlineData("invoice.paid")]
    [InlineData("invoice.payment_failed")]
    [InlineData("invoice.payment_action_required")]
    [InlineData("payment_intent.succeeded")]
    [InlineData("payment_intent.requires_action")]
    [InlineData("payment_intent.payment_failed")]
    [InlineData("payment_intent.canceled")]
    [InlineData("payment_intent.amount_capturable_updated")]
    [InlineData("charge.succeeded")]
    [InlineData("charge.failed")]
    [InlineData("charge.captured")]
    [InlineData("charge.refunded")]
    [InlineData("charge.refund.updated")]
    [InlineData("charge.dispute.created")]
    [InlineData("customer.discount.created")]
    [InlineData("customer.discount.deleted")]
    [InlineData("customer.discount.updated")]
    [InlineData("customer.subscription.paused")]
    [InlineData("customer.subscription.trial_will_end")]
    [InlineData("promotion_code.created")]
    [InlineData("promotion_code.updated")]
    [InlineData("invoice.deleted")]
    [InlineData("invoice.marked_uncollectible")]
    [InlineData("invoice.sent")]
    [InlineData("invoice.updated")]
    [InlineData("invoice.voided")]
    [InlineData("setup_intent.created")]
    [InlineData("setup_intent.succeeded")]
    [InlineData("setup_intent.requires_action")]
    [InlineData("setup_intent.setup_failed")]
    [InlineData("setup_intent.canceled")]
    [InlineData("subscription_schedule.created")]
    [InlineData("subscription_schedule.updated")]
    [InlineData("subscription_schedule.released")]
    [InlineData("subscription_schedule.canceled")]
    [InlineData("subscription_schedule.completed")]
    [InlineData("test_helpers.test_clock.created")]
    [InlineData("test_helpers.test_clock.advancing")]
    [InlineData("test_helpers.test_clock.ready")]
    [InlineData("test_helpers.test_clock.deleted")]
    public async Task Triggered_event_is_in_the_list(string type)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var output = await cli.SucceedAsync("trigger", type);
        Assert.Contains("Trigger succeeded", output, StringComparison.Ordinal);
        Assert.NotEmpty(await sandbox.EventsAsync(type));
    }

    /// <summary>Its steps are made; the event itself comes with a debt, or with time.</summary>
    [Theory]
    [InlineData("subscription_schedule.aborted", "canceled")]
    [InlineData("subscription_schedule.expiring", "active")]
    public async Task Trigger_runs_to_its_end(string type, string status)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await cli.SucceedAsync("trigger", type);
        var schedule = Assert.Single((await sandbox.GetAsync("/v1/subscription_schedules")).Data);
        Assert.Equal(status, schedule.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Triggered_changes_are_of_the_state_itself()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await cli.SucceedAsync("trigger", "customer.subscription.updated");
        await cli.SucceedAsync("trigger", "invoice.payment_failed");
        var subscription = Assert.Single((await sandbox.GetAsync("/v1/subscriptions")).Data);
        Assert.Equal("active", subscription.GetProperty("status").GetString());
        Assert.Equal("bar", Answered.At(subscription, "metadata.foo").GetString());
        var invoice = Assert.Single((await sandbox.GetAsync("/v1/invoices", "status=open")).Data);
        Assert.Equal(1, invoice.GetProperty("attempt_count").GetInt32());
    }

    [Fact]
    public async Task Entitlement_summary_comes_from_a_fixture_file()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var file = Path.Combine(OfficialTools.Folder, "fixtures", "active_entitlement_summary.updated.json");
        await cli.SucceedAsync("fixtures", file);
        var summary = Assert.Single(await sandbox.EventsAsync("entitlements.active_entitlement_summary.updated"));
        Assert.Equal("sso", Answered.At(summary, "data.object.entitlements.data.0.lookup_key").GetString());
    }

    [Fact]
    public async Task Portal_session_wants_a_configuration_first()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        Assert.Equal(1, (await cli.RunAsync("trigger", "billing_portal.session.created")).Code);
        await sandbox.PostAsync("/v1/billing_portal/configurations", "features[invoice_history][enabled]=true");
        await cli.SucceedAsync("trigger", "billing_portal.session.created");
        Assert.Single(await sandbox.EventsAsync("billing_portal.session.created"));
    }

    [Fact]
    public async Task Failing_step_of_a_fixture_fails_the_command()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        var file = Path.Combine(OfficialTools.Folder, "fixtures", "active_entitlement_summary.updated.json");
        await cli.SucceedAsync("fixtures", file);
        var again = await cli.RunAsync("fixtures", file);
        // The lookup key of a feature is taken by now.
        Assert.NotEqual(0, again.Code);
        Assert.Contains("lookup_key", again.All, StringComparison.Ordinal);
    }
}
