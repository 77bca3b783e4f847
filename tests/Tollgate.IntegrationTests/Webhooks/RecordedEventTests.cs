using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Inbox;

namespace Tollgate.IntegrationTests.Webhooks;

/// <summary>In which state an event begins, by what is known of its customer when it is recorded.</summary>
public sealed class RecordedEventTests : IAsyncLifetime
{
    private InboxTable table = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        table = await InboxTable.CreateAsync();
        await table.ExecuteAsync(
            """
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            VALUES ('acme', 'Acme', 'owner@acme.test', now());
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
            VALUES ('cus_acme', 'acme', now()), ('sub_acme', 'acme', now());
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, reason, not_before)
            VALUES ('evt_old', 'invoice.paid', 'cus_other', now(), 'ignored', 'foreign', now());
            """
        );
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Theory]
    [InlineData("received", null, "cus_acme", null)]
    [InlineData("received", null, "cus_new", "sub_acme")]
    [InlineData("parked", "unknown_account", "cus_new", "sub_new")]
    [InlineData("parked", "unknown_account", null, null)]
    [InlineData("ignored", "foreign", "cus_other", null)]
    public async Task It_is_parked_or_ignored_at_once_where_nobody_knows_the_customer(
        string state,
        string? reason,
        string? customer,
        string? subscription
    )
    {
        Assert.Equal([state], await RecordAsync(Event("evt_1", customer, subscription)));
        Assert.Equal((state, reason), await ReadAsync("evt_1"));
        Assert.Equal(
            state == "ignored",
            await table.QueryAsync<bool>(
                "SELECT settled_at IS NOT NULL FROM billing.inbox_receipts WHERE event_id = 'evt_1'"
            )
        );
    }

    [Fact]
    public async Task What_names_no_customer_yet_waits_for_whoever_finds_it_out()
    {
        Assert.Equal(["received"], await RecordAsync(Event("evt_1", customer: null) with { IsUnnamed = true }));
    }

    [Theory]
    [InlineData("ignored", null)]
    [InlineData("quarantined", EventInbox.Livemode)]
    public async Task What_is_not_for_accounts_stays_what_it_is(string state, string? reason)
    {
        Assert.Equal([state], await RecordAsync(Event("evt_1", "cus_new") with { State = state, Reason = reason }));
        Assert.Equal((state, reason), await ReadAsync("evt_1"));
    }

    [Fact]
    public async Task A_known_id_is_no_new_event_in_one_batch_or_in_two()
    {
        Assert.Equal(
            ["received", null, "parked"],
            await RecordAsync(Event("evt_1", "cus_acme"), Event("evt_1", "cus_acme"), Event("evt_2", "cus_new"))
        );
        Assert.Equal([null], await RecordAsync(Event("evt_2", "cus_acme")));
        Assert.Equal(("parked", "unknown_account"), await ReadAsync("evt_2"));
    }

    private static ReceivedEvent Event(string id, string? customer, string? subscription = null) =>
        new(id, "invoice.paid", null, null, null, customer, subscription, "received", null, "{}"u8.ToArray());

    private async Task<string?[]> RecordAsync(params ReceivedEvent[] events)
    {
        await using var inbox = new EventInbox(table.Source, TimeProvider.System, NullLogger<EventInbox>.Instance);
        return await Task.WhenAll(events.Select(one => inbox.RecordAsync(one, Token)));
    }

    private async Task<(string? State, string? Reason)> ReadAsync(string id) =>
        (
            await table.QueryAsync<string>($"SELECT state FROM billing.inbox_receipts WHERE event_id = '{id}'"),
            await table.QueryAsync<string>($"SELECT reason FROM billing.inbox_receipts WHERE event_id = '{id}'")
        );
}
