using System.Text.Json;
using Tollgate.Reconciliation;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>What operators decide and repair by command, and who is said to have done it.</summary>
public sealed class OperatorCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "billing", "status")]
    [InlineData(2, "billing", "off")]
    [InlineData(2, "billing", "off", "--why", " ")]
    [InlineData(2, "billing", "off", "--why", "an incident", "--by", "")]
    [InlineData(1, "override", "set", "acme", "--plan", "team", "--why", "signed")]
    [InlineData(2, "override", "set", "acme", "--plan", "team", "--until", "soon", "--why", "signed")]
    [InlineData(2, "override", "end", "no\u200bsuch id", "--why", "over")]
    [InlineData(1, "override", "set", "acme", "--plan", "gold", "--until", "2099-01-01", "--why", "signed")]
    [InlineData(1, "override", "set", "acme", "--plan", "team", "--until", "2020-01-01", "--why", "signed")]
    [InlineData(1, "override", "end", "nobody", "--why", "over")]
    [InlineData(2, "cancel", "no\u200bsuch id", "--why", "asked")]
    [InlineData(0, "reconcile", "--dry-run")]
    public async Task The_exit_code_says_whether_it_was_done_refused_or_not_understood(int code, params string[] args)
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(code, (await hydra.CommandAsync(args)).Code);
    }

    [Fact]
    public async Task Billing_is_switched_off_and_on_by_command_with_the_reason_and_who_said_so()
    {
        await using var hydra = await HydraHost.StartAsync();

        var (code, said) = await hydra.CommandAsync("billing", "off", "--why", "an incident", "--by", "ann");
        Assert.Equal(0, code);
        Assert.StartsWith("Billing is off.", said, StringComparison.Ordinal);
        Assert.Contains("by ann: an incident", said, StringComparison.Ordinal);
        Assert.Equal(1, (await hydra.CommandAsync("reconcile")).Code);
        Assert.Equal(0, (await hydra.CommandAsync("reconcile", "--dry-run")).Code);

        await hydra.CommandAsync("billing", "on", "--why", "it is over");
        var printed = JsonDocument.Parse((await hydra.CommandAsync("billing", "status", "--json")).Output).RootElement;
        Assert.True(printed.GetProperty("is_on").GetBoolean());
        Assert.Equal(Environment.UserName, printed.GetProperty("last_change").GetProperty("author").GetString());
    }

    [Fact]
    [Trait("decision", "S10")]
    public async Task A_tier_is_set_and_taken_back_by_command_and_shown_wherever_the_tier_is()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();

        var (code, said) = await hydra.CommandAsync([
            "override",
            "set",
            "acme",
            "--plan",
            "business",
            "--until",
            "2099-01-01",
            "--why",
            "a trial",
            "--by",
            "ann",
        ]);
        Assert.True(code == 0, said);
        const string Sentence = "acme has Business by override until 2099-01-01 00:00 UTC, set by ann: a trial.";
        Assert.StartsWith(Sentence, said, StringComparison.Ordinal);
        var (_, explained) = await hydra.CommandAsync("explain", "acme");
        Assert.Contains(Sentence, explained, StringComparison.Ordinal);
        Assert.DoesNotContain("asked Stripe for override", explained, StringComparison.Ordinal);
        await hydra.TierBecomesAsync("business");
        Assert.Equal("override", await GrantAsync(owner, "jira_integration"));
        Assert.Equal("none", await GrantAsync(owner, "sso_saml"));

        Assert.Equal(0, (await hydra.CommandAsync("override", "end", "acme", "--why", "it is over")).Code);
        await hydra.TierBecomesAsync("free");
        Assert.Equal("none", await GrantAsync(owner, "jira_integration"));
        Assert.Equal(
            $"override by ann: a trial, override ended by {Environment.UserName}: it is over",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(cause, ', ' ORDER BY id) FROM billing.audit WHERE cause LIKE 'override%'"
            )
        );
    }

    [Fact]
    public async Task What_was_never_delivered_is_caught_up_with_by_command()
    {
        await using var hydra = await HydraHost.StartAsync();
        // the host's own at its start, which would leave nothing to find
        await Eventually.Async(
            async () => await hydra.QueryAsync<bool>("SELECT finished_at IS NOT NULL FROM billing.catch_up"),
            ct: Token
        );
        await hydra.Stripe.MuteAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);

        var (code, said) = await hydra.CommandAsync("catch-up", "--json", "--by", "ann");

        Assert.True(code == 0, said);
        Assert.NotEqual(0, JsonDocument.Parse(said).RootElement.GetProperty("recorded").GetInt32());
        await hydra.TierBecomesAsync("team");
        Assert.Equal(
            "ann: catch_up, done",
            await hydra.QueryAsync<string>(
                "SELECT author || ': ' || action || ', ' || outcome FROM billing.operator_actions"
            )
        );
    }

    [Fact]
    public async Task Drift_is_shown_by_a_dry_run_and_repaired_by_a_run_that_names_who_asked_for_it()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.Stripe.DeleteAsync(
            $"/v1/subscriptions/{await hydra.TenantAsync<string>("stripe_subscription_id")}"
        );

        var (found, report) = await hydra.CommandAsync("reconcile", "--dry-run");
        Assert.Equal(1, found);
        Assert.Contains("drift  acme  ", report, StringComparison.Ordinal);
        Assert.Contains("StripeStatus: active -> canceled", report, StringComparison.Ordinal);
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));

        var (done, said) = await hydra.CommandAsync("reconcile", "--by", "ann");
        Assert.True(done == 0, said);
        Assert.EndsWith("Findings: 1. Repaired: 1.", said.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("canceled", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.Equal(
            "reconcile by ann",
            await hydra.QueryAsync<string>("SELECT cause FROM billing.audit ORDER BY id DESC LIMIT 1")
        );
    }

    [Fact]
    public async Task A_dry_run_that_was_broken_off_keeps_no_reconcile_waiting()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            "INSERT INTO billing.reconcile_runs (is_dry_run, started_at) VALUES (true, clock_timestamp())"
        );

        Assert.NotNull(await hydra.Service<Reconcile>().RunAsync(isDryRun: false, Token));
    }

    private static async Task<string?> GrantAsync(HttpClient client, string feature)
    {
        var list = await HydraHost.Json(await client.GetAsync("/api/billing/features", Token));
        return list.GetProperty("features")
            .EnumerateArray()
            .Single(offer => offer.GetProperty("feature").GetString() == feature)
            .GetProperty("granted_by")
            .GetString();
    }
}
