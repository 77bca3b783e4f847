using System.Text.Json;
using Tollgate.Storage;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The commands of those who run it.</summary>
public sealed class CommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "events", "--help")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "cancel", "acme")]
    [InlineData(1, "explain", "nobody")]
    [InlineData(1, "events", "show", "evt_that_never_came")]
    [InlineData(2, "events", "replay", "--dead")]
    [InlineData(1, "events", "replay", "--why", "a test")]
    [InlineData(1, "events", "replay", "evt_that_never_came", "--why", "a test")]
    [InlineData(1, "migrate", "down")]
    public async Task The_exit_code_says_whether_it_was_done_refused_or_not_understood(int code, params string[] args)
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(code, (await hydra.CommandAsync(args)).Code);
    }

    [Fact]
    public async Task Doctor_finds_a_fresh_checkout_ready_and_says_what_is_wrong_with_a_broken_one()
    {
        await using var hydra = await HydraHost.StartAsync();
        var (code, output) = await hydra.CommandAsync("doctor");
        Assert.True(code == 0, output);

        var price = hydra.Service<Catalog.PriceBook>().TryFindForSale("team_monthly", out var sold) ? sold : null;
        await hydra.Stripe.PostAsync($"/v1/prices/{price!.StripeId}", ("active", "false"));
        await hydra.Stripe.MuteAsync();

        var (again, findings) = await hydra.CommandAsync("doctor");
        Assert.Equal(1, again);
        Assert.Contains("active False; the catalog says 20.00 usd a month", findings, StringComparison.Ordinal);
        Assert.Contains("webhook endpoint", Line(findings, "FAILS  webhook"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_compares_with_another_environment_without_showing_a_value()
    {
        await using var hydra = await HydraHost.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"STRIPE_WEBHOOK_SECRET={hydra.WebhookSecret}", Token);

        var (code, output) = await hydra.CommandAsync("doctor", "--compare", file);

        File.Delete(file);
        Assert.Equal(1, code);
        Assert.StartsWith("FAILS", Line(output, "STRIPE_WEBHOOK_SECRET differs"), StringComparison.Ordinal);
        Assert.DoesNotContain(hydra.WebhookSecret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_says_so_in_a_line_and_all_of_it_only_where_that_is_asked_for()
    {
        await using var hydra = await HydraHost.StartAsync(
            "--Logging:LogLevel:Default=None",
            "--BILLING_ENABLED=false"
        );
        await hydra.Service<MigrateDatabase>().RemoveAsync(Token);

        var (code, output) = await hydra.CommandAsync("integrity");
        Assert.Equal(1, code);
        var line = Assert.Single(output.TrimEnd().Split('\n'));
        Assert.StartsWith("PostgreSQL: ", line, StringComparison.Ordinal);
        Assert.Contains("`migrate up`", line, StringComparison.Ordinal);

        var (_, all) = await hydra.CommandAsync("integrity", "--verbose");
        Assert.StartsWith(line, all, StringComparison.Ordinal);
        Assert.Contains("   at Tollgate.Commands.Checks.CheckIntegrity", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_lists_every_event_sync_change_and_quote_in_order_and_why_access_is_as_it_is()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.QuietAsync();
        await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });

        var (code, text) = await hydra.CommandAsync("explain", "acme", "--json");
        Assert.Equal(0, code);
        var explained = JsonDocument.Parse(text).RootElement;
        var kinds = explained
            .GetProperty("timeline")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("kind").GetString());
        Assert.Superset(new HashSet<string?> { "event", "sync", "change", "effect", "quote" }, kinds.ToHashSet());
        Assert.Contains(
            "is active and paid through",
            explained.GetProperty("access").GetString(),
            StringComparison.Ordinal
        );

        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        Assert.Equal(0, (await hydra.CommandAsync("explain", customer)).Code);
    }

    [Fact]
    public async Task Explain_lists_mails_and_alerts_in_their_place()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        await MailIsSentAsync(hydra);
        await ExecuteAsync(
            hydra,
            $"""
            INSERT INTO billing.alerts (account_id, reason, detail, raised_at) VALUES
                ('acme', 'double_billing', 'sub_2', clock_timestamp() + interval '1 day'),
                (NULL, 'unknown_account', '{customer}', clock_timestamp() - interval '1 day'),
                ('globex', 'double_billing', 'sub_of_globex', clock_timestamp())
            """
        );

        var (_, text) = await hydra.CommandAsync("explain", "acme", "--json");
        var timeline = JsonDocument.Parse(text).RootElement.GetProperty("timeline").EnumerateArray().ToList();
        var explained = timeline.Select(entry => $"{entry.GetProperty("kind")} {entry.GetProperty("what")}").ToList();
        Assert.Equal($"alert unknown_account {customer}", explained[0]);
        Assert.Equal("alert double_billing sub_2", explained[^1]);
        Assert.DoesNotContain("sub_of_globex", text, StringComparison.Ordinal);
        var mail = timeline.Single(entry => entry.GetProperty("kind").GetString() == "mail");
        Assert.StartsWith("plan_activated to ", mail.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("sent ", mail.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no mail died", "UPDATE billing.mails SET state = 'dead'")]
    [InlineData(
        "no mail is due for more than five minutes",
        """
            UPDATE billing.mails SET state = 'waiting', due_at = due_at - interval '1 hour',
                not_before = not_before - interval '1 hour'
            """
    )]
    [InlineData("what customers are notified of has its mail", "DELETE FROM billing.mails")]
    [InlineData(
        "no mail was sent twice",
        """
            INSERT INTO billing.mails
                (account_id, kind, occurrence, episode, about, due_at, queued_at, state, not_before)
            SELECT account_id, kind, occurrence || '-again', episode, about, due_at, queued_at, state, not_before
            FROM billing.mails
            """
    )]
    [InlineData(
        "no pending effect waits for more than five minutes",
        "UPDATE billing.outbox SET state = 'pending', not_before = not_before - interval '1 hour'"
    )]
    public async Task Integrity_finds_what_was_dispatched_twice_or_not_at_all(string rule, string broken)
    {
        await using var hydra = await HydraHost.StartAsync("--Logging:LogLevel:Default=None");
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await MailIsSentAsync(hydra);
        Assert.Equal(0, (await hydra.CommandAsync("integrity")).Code);
        // what is broken stays so: no worker repairs it meanwhile
        await ExecuteAsync(
            hydra,
            $"""
            {broken};
            CREATE RULE frozen AS ON UPDATE TO billing.mails DO INSTEAD NOTHING;
            CREATE RULE frozen AS ON UPDATE TO billing.outbox DO INSTEAD NOTHING;
            """
        );

        var (code, rules) = await hydra.CommandAsync("integrity");

        Assert.Equal(1, code);
        Assert.Contains("acme", Line(rules, $"BROKEN  {rule}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_event_is_listed_shown_and_replayed()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await hydra.QuietAsync();
        await ExecuteAsync(
            hydra,
            "UPDATE billing.inbox_receipts SET state = 'dead', reason = 'a bug' WHERE type = 'invoice.paid'"
        );

        var (_, list) = await hydra.CommandAsync("events", "list", "--state", "dead", "--json");
        var dead = JsonDocument.Parse(list).RootElement[0].GetProperty("event_id").GetString()!;
        Assert.Contains(
            "hosted_invoice_url",
            (await hydra.CommandAsync("events", "show", dead)).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await hydra.CommandAsync("integrity")).Code);

        string[] replay = ["events", "replay", "--why", "the bug is fixed", "--by", "ann"];
        Assert.Equal(0, (await hydra.CommandAsync([.. replay, dead])).Code);
        await hydra.QuietAsync();
        Assert.Equal(
            "applied",
            await hydra.QueryAsync<string>($"SELECT state FROM billing.inbox_receipts WHERE event_id = '{dead}'")
        );
        Assert.Equal(0, (await hydra.CommandAsync("integrity")).Code);

        var (refused, why) = await hydra.CommandAsync([.. replay, dead]);
        Assert.Equal(1, refused);
        Assert.Contains("The event is applied.", why, StringComparison.Ordinal);
        Assert.Equal(0, (await hydra.CommandAsync([.. replay, "--dead", "--tenant", "acme"])).Code);
        Assert.Equal(
            [
                $"ann acme replay {dead}: the bug is fixed -> done",
                $"ann acme replay {dead}: the bug is fixed -> nothing_to_replay",
                "ann acme replay state dead tenant acme: the bug is fixed -> done",
            ],
            (
                await hydra.QueryAsync<string[]>(
                    """
                    SELECT array_agg(
                        concat_ws(' ', author, account_id, action, subject) || ': ' || why || ' -> ' || outcome
                        ORDER BY action_id)
                    FROM billing.operator_actions
                    """
                )
            )!
        );
    }

    [Fact]
    public async Task A_customer_who_cannot_cancel_is_canceled_by_command()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");

        Assert.Equal(0, (await hydra.CommandAsync("cancel", "acme", "--why", "asked by mail")).Code);

        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var now = await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        Assert.True(now.GetProperty("cancel_at_period_end").GetBoolean());
        Assert.Equal(1, (await hydra.CommandAsync("cancel", "globex", "--why", "no reason")).Code);
    }

    [Fact]
    public async Task Who_pays_twice_is_found_with_what_to_cancel()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        Assert.Equal(0, (await hydra.CommandAsync("duplicates")).Code);
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var price = (await hydra.TenantAsync<string>("stripe_price_id"))!;
        var second = await hydra.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", customer),
            ("items[0][price]", price),
            ("default_payment_method", await AttachedCardAsync(hydra, customer))
        );

        var (code, output) = await hydra.CommandAsync("duplicates");

        Assert.Equal(1, code);
        Assert.Contains(second.GetProperty("id").GetString()!, output, StringComparison.Ordinal);
    }

    private static Task MailIsSentAsync(HydraHost hydra) =>
        Eventually.Async(
            async () => await hydra.QueryAsync<bool>("SELECT EXISTS (SELECT FROM billing.mails WHERE state = 'sent')"),
            what: "the mail to be sent"
        );

    private static async Task<string> AttachedCardAsync(HydraHost hydra, string customer)
    {
        var card = await hydra.Stripe.NewCardAsync("4242424242424242");
        var attached = await hydra.Stripe.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customer));
        return attached.GetProperty("id").GetString()!;
    }

    private static string Line(string output, string part) =>
        output.Split('\n').First(line => line.Contains(part, StringComparison.Ordinal));
}
