using Microsoft.Extensions.DependencyInjection;
using Tollgate.Lifecycle;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>Bodies are kept as long as the host says; what they were about is kept for ever.</summary>
public sealed class RetentionTests
{
    private const string Kept = """
        SELECT string_agg(event_id, ',' ORDER BY event_id) FROM billing.inbox_payloads WHERE body <> ''::bytea
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_bodies_are_erased_and_ids_stay_so_that_a_redelivery_is_still_known()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await AddAsync(hydra, "evt_old_applied", "applied", days: 366);
        await AddAsync(hydra, "evt_old_dead", "dead", days: 366);
        await AddAsync(hydra, "evt_young", "applied", days: 364);
        await AddMailAsync(hydra, "old", "sent", days: 91);
        await AddMailAsync(hydra, "waiting", "waiting", days: 91);
        await AddMailAsync(hydra, "young", "sent", days: 89);

        var forgotten = await Job(hydra, new()).RunAsync(Token);

        Assert.Equal((1, 1), forgotten);
        Assert.Equal("evt_old_dead,evt_young", await hydra.QueryAsync<string>(Kept));
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
        Assert.Equal(
            "waiting,young",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(occurrence, ',' ORDER BY occurrence) FROM billing.mails WHERE message IS NOT NULL"
            )
        );
        Assert.Equal((0, 0), await Job(hydra, new()).RunAsync(Token));
    }

    [Fact]
    public async Task What_was_quarantined_is_erased_some_time_after_it_is_done_with()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await AddAsync(hydra, "evt_late", "dead", days: 366);
        var job = Job(hydra, new());
        Assert.Equal((0, 0), await job.RunAsync(Token));

        await hydra.QueryAsync<object>("UPDATE billing.inbox_receipts SET state = 'applied'");

        Assert.Equal((1, 0), await job.RunAsync(Token));
        Assert.Null(await hydra.QueryAsync<string>(Kept));
    }

    [Fact]
    public async Task Zero_days_keep_all_for_ever()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        await AddAsync(hydra, "evt_ancient", "applied", days: 4000);
        await AddMailAsync(hydra, "ancient", "sent", days: 4000);

        var forgotten = await Job(hydra, new() { EventBodyDays = 0, MailBodyDays = 0 }).RunAsync(Token);

        Assert.Equal((0, 0), forgotten);
        Assert.Equal("evt_ancient", await hydra.QueryAsync<string>(Kept));
    }

    private static ForgetBodies Job(HydraHost hydra, RetentionOptions retention) =>
        ActivatorUtilities.CreateInstance<ForgetBodies>(
            hydra.Service<IServiceProvider>(),
            new TollgateOptions { Retention = retention }
        );

    private static Task AddAsync(HydraHost hydra, string id, string state, int days) =>
        hydra.QueryAsync<object>(
            $$"""
            INSERT INTO billing.inbox_receipts (event_id, type, received_at, state, not_before)
            VALUES ('{{id}}', 'invoice.paid', clock_timestamp() - interval '{{days}} days', '{{state}}',
                clock_timestamp());
            INSERT INTO billing.inbox_payloads (event_id, received_month, body)
            VALUES ('{{id}}', date_trunc('month', clock_timestamp()), '{}'::bytea)
            """
        );

    private static Task AddMailAsync(HydraHost hydra, string occurrence, string state, int days) =>
        hydra.QueryAsync<object>(
            $$"""
            INSERT INTO billing.mails (account_id, kind, occurrence, episode, about, due_at, queued_at, state,
                not_before, message, settled_at)
            VALUES ('acme', 'payment_failed', '{{occurrence}}', 'episode', '{}', clock_timestamp(), clock_timestamp(),
                '{{state}}', clock_timestamp(), '{}', clock_timestamp() - interval '{{days}} days')
            """
        );
}
