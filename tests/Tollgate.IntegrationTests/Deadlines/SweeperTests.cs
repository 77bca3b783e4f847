using Microsoft.Extensions.DependencyInjection;
using Tollgate.Deadlines;
using Tollgate.IntegrationTests.Library;
using Tollgate.Settings;
using Tollgate.Subscriptions;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Deadlines;

/// <summary>Deadlines met by several nodes, here as sweepers on one database.</summary>
public sealed class SweeperTests
{
    private const int Accounts = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deadline_that_one_node_has_met_is_not_synced_again_by_another_that_found_it_due()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        // the app's own sweeper keeps out of it
        await app.Service<SetBillingSwitch>().RunAsync(isOn: false, "a test", "sam", Token);
        await Eventually.Async(() => !app.Service<BillingSwitch>().IsOn, ct: Token);
        await app.QueryAsync<object>(
            $"""
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            SELECT 'due-' || n, 'A', 'a@example.test', clock_timestamp() FROM generate_series(1, {Accounts}) n;
            INSERT INTO billing.sync_leases (account_id, next_due_at)
            SELECT 'due-' || n, clock_timestamp() - interval '1 hour' FROM generate_series(1, {Accounts}) n
            """
        );
        var sync = (IDueHandler)app.Service<SubscriptionSync>();
        var late = new Late(sync);

        var slow = Sweeper(app, late).SweepAsync(Token);
        await late.HasFound;
        await Sweeper(app, sync).SweepAsync(Token);
        late.GoOn();
        await slow;

        Assert.Equal(
            $"{Accounts} accounts, {Accounts} syncs, 0 due",
            await app.QueryAsync<string>(
                """
                SELECT count(*) || ' accounts, ' || sum(sync_token) || ' syncs, ' || count(next_due_at) || ' due'
                FROM billing.sync_leases WHERE account_id LIKE 'due-%'
                """
            )
        );
    }

    [Fact]
    [Trait("liveness", "L08")]
    public async Task A_sync_that_is_due_is_not_put_off_by_an_event_that_only_binds()
    {
        await using var app = await LibraryApp.StartAsync(Some.Catalog);
        await app.Stripe.MuteAsync();
        var session = await app.OpenCheckoutAsync("team_monthly");
        await app.Stripe.PayCheckoutAsync(session.GetProperty("url").GetString()!, "4242424242424242");
        await app.Service<SetBillingSwitch>().RunAsync(isOn: false, "a test", "sam", Token);
        await Eventually.Async(() => !app.Service<BillingSwitch>().IsOn, ct: Token);
        await app.QueryAsync<object>(
            """
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, not_before)
            SELECT 'evt_1', 'checkout.session.completed', stripe_customer_id, now(), 'received', now()
            FROM billing.accounts WHERE account_id = 'acme';
            UPDATE billing.sync_leases SET next_due_at = now() - interval '1 second' WHERE account_id = 'acme'
            """
        );

        await ((IDueHandler)app.Service<SubscriptionSync>()).HandleDueAsync(
            LibraryApp.Acme,
            app.Service<BillingClock>().Now,
            Token
        );

        Assert.Equal(
            "team applied",
            await app.QueryAsync<string>(
                "SELECT plan || ' ' || state FROM billing.subscriptions, billing.inbox_receipts"
            )
        );
    }

    private static DeadlineSweeper Sweeper(LibraryApp app, IDueHandler handler) =>
        ActivatorUtilities.CreateInstance<DeadlineSweeper>(app.Service<IServiceProvider>(), handler);

    /// <summary>A node that has found what is due, and is held up before it does anything.</summary>
    private sealed class Late(IDueHandler sync) : IDueHandler
    {
        private readonly TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasFound => found.Task;

        public void GoOn() => goOn.SetResult();

        public async Task HandleDueAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken)
        {
            found.TrySetResult();
            await goOn.Task.WaitAsync(cancellationToken);
            await sync.HandleDueAsync(account, now, cancellationToken);
        }
    }
}
