using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tollgate.Inbox;
using Tollgate.Startup;
using Tollgate.Telemetry;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Webhooks;

/// <summary>Bodies lie in their month's partition; the default one is for what nobody made a partition for.</summary>
public sealed class InboxPartitionTests
{
    private const string Today = "2026-11-30T23:59:59Z";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_this_month_and_of_the_next_two_land_in_partitions_of_their_own()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock(Today);

        var made = await inbox.Node(clock).MakeAheadAsync(Token);

        Assert.Equal([new(2026, 11, 1), new(2026, 12, 1), new(2027, 1, 1)], made);
        await inbox.RecordAsync("evt_1", clock);
        await inbox.RecordAsync("evt_2", InboxTable.Clock("2026-12-01T00:00:00Z"));
        await inbox.RecordAsync("evt_3", InboxTable.Clock("2027-01-31T23:59:59Z"));
        await inbox.RecordAsync("evt_4", InboxTable.Clock("2027-02-01T00:00:00Z"));
        Assert.Equal("evt_1 {} 2026_11, evt_2 {} 2026_12, evt_3 {} 2027_01, evt_4 {} other", await inbox.WhereAsync());
        Assert.Empty(await inbox.Node(clock).MakeAheadAsync(Token));
    }

    [Fact]
    public async Task A_host_makes_them_before_it_serves()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.DeliverAsync(
            """
            {"id":"evt_1","object":"event","type":"customer.created","api_version":"2026-10-28","created":1,
            "livemode":false,"data":{"object":{"id":"cus_1","object":"customer"}}}
            """
        );

        var month = InboxPartitions.MonthOf(TimeProvider.System.GetUtcNow());
        Assert.Equal(
            $"billing.{InboxPartitions.NameOf(month)}",
            await hydra.QueryAsync<string>("SELECT DISTINCT tableoid::regclass::text FROM billing.inbox_payloads")
        );
    }

    [Fact]
    public async Task Rows_in_the_default_partition_are_moved_to_those_of_their_months()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock(Today);
        await inbox.RecordAsync("evt_1", InboxTable.Clock("2025-03-31T23:59:59Z"));
        await inbox.RecordAsync("evt_2", InboxTable.Clock("2026-10-01T00:00:00Z"));
        await inbox.RecordAsync("evt_3", clock);
        await inbox.RecordAsync("evt_4", InboxTable.Clock("2026-12-01T00:00:00Z"));
        Assert.Equal("default", await inbox.MonthsAsync());

        Assert.True(await Worker(inbox, clock, new WorkerHeartbeats(clock)).RunAsync(Token));

        Assert.Equal(
            "evt_1 {} 2025_03, evt_2 {} 2026_10, evt_3 {} 2026_11, evt_4 {} 2026_12",
            await inbox.WhereAsync()
        );
        Assert.Equal("2025-03 2026-10 2026-11 2026-12 2027-01 default", await inbox.MonthsAsync());
        // a partition is as the table says: compressed alike, unique, and with no rule that the move alone wanted
        Assert.Equal(
            1L,
            await inbox.QueryAsync<long>(
                """
                SELECT count(DISTINCT attcompression::text) FROM pg_attribute
                WHERE attrelid::regclass::text LIKE 'billing.inbox\_payloads%' AND attname = 'body'
                """
            )
        );
        Assert.Equal(
            0L,
            await inbox.QueryAsync<long>("SELECT count(*) FROM pg_constraint WHERE conname = 'is_of_month'")
        );
    }

    [Fact]
    public async Task Nodes_at_once_make_each_partition_once()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock(Today);
        await inbox.RecordAsync("evt_1", InboxTable.Clock("2026-10-01T00:00:00Z"));
        await inbox.RecordAsync("evt_2", clock);

        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var node = inbox.Node(clock);
                        var ahead = await node.MakeAheadAsync(Token);
                        return ahead.Concat(await node.EmptyDefaultAsync(Token));
                    })
                )
        );

        Assert.Equal(
            ["2026-10", "2026-11", "2026-12", "2027-01"],
            made.SelectMany(months => months).Order().Select(InboxPartitions.Text)
        );
        Assert.Equal("evt_1 {} 2026_10, evt_2 {} 2026_11", await inbox.WhereAsync());
    }

    [Fact]
    public async Task A_delivery_during_the_move_is_recorded_and_moved_too()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock(Today);
        await inbox.RecordAsync("evt_before", clock);
        await using var writer = await inbox.Source.OpenConnectionAsync(Token);
        await using var open = await writer.BeginTransactionAsync(Token);
        await using (
            var insert = new NpgsqlCommand(
                "INSERT INTO billing.inbox_payloads VALUES ('evt_on_its_way', '2026-11-01', '{}')",
                writer,
                open
            )
        )
        {
            await insert.ExecuteNonQueryAsync(Token);
        }

        var making = inbox.Node(clock).MakeAheadAsync(Token);
        await WaitingAsync(inbox, 1);
        var delivery = inbox.RecordAsync("evt_meanwhile", clock);
        await WaitingAsync(inbox, 2);
        await open.CommitAsync(Token);

        await making;
        await delivery;
        Assert.Equal(
            "evt_before {} 2026_11, evt_meanwhile {} 2026_11, evt_on_its_way {} 2026_11",
            await inbox.WhereAsync()
        );
    }

    [Fact]
    public async Task Deliveries_go_on_while_a_reader_keeps_a_later_months_partition_from_being_made()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock(Today);
        await inbox.Node(clock).MakeAheadAsync(Token);
        // somebody reads the whole table for long, a backup say
        await using var reader = await inbox.Source.OpenConnectionAsync(Token);
        await using var open = await reader.BeginTransactionAsync(Token);
        await using (var read = new NpgsqlCommand("SELECT count(*) FROM billing.inbox_payloads", reader, open))
        {
            await read.ExecuteScalarAsync(Token);
        }

        var making = inbox.Node(InboxTable.Clock("2026-12-01T00:00:00Z")).MakeAheadAsync(Token);
        await WaitingAsync(inbox, 1);
        await inbox.RecordAtOnceAsync("evt_1", clock);

        // it gives up by itself, so that nobody waits for long, and is tried again
        var refused = await Assert.ThrowsAsync<PostgresException>(() => making);
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refused.SqlState);
        await open.CommitAsync(Token);
        Assert.Single(await inbox.Node(InboxTable.Clock("2026-12-01T00:00:00Z")).MakeAheadAsync(Token));
    }

    [Fact]
    public async Task Where_they_cannot_be_made_the_default_one_takes_events_and_the_loop_is_seen_to_fail()
    {
        await using var inbox = await InboxTable.CreateAsync();
        var clock = InboxTable.Clock("2026-11-15");
        var heartbeats = new WorkerHeartbeats(clock);
        var worker = Worker(inbox, clock, heartbeats);
        await inbox.ExecuteAsync("CREATE TABLE billing.inbox_payloads_2026_11 (somebody text)");

        Assert.False(await worker.RunAsync(Token));
        await ((IStartupStep)worker).RunAsync(Token); // nor does it keep a host from serving
        clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal([("partitions", nameof(PostgresException))], heartbeats.OnlyFailing());
        await inbox.RecordAsync("evt_1", clock);
        Assert.Equal("evt_1 {} other", await inbox.WhereAsync());

        await inbox.ExecuteAsync("DROP TABLE billing.inbox_payloads_2026_11");
        Assert.True(await worker.RunAsync(Token));
        Assert.Empty(heartbeats.OnlyFailing());
        Assert.Equal("evt_1 {} 2026_11", await inbox.WhereAsync());
    }

    private static InboxPartitionWorker Worker(InboxTable inbox, TimeProvider clock, WorkerHeartbeats heartbeats) =>
        new(inbox.Node(clock), heartbeats, NullLogger<InboxPartitionWorker>.Instance);

    private static Task WaitingAsync(InboxTable inbox, long count) =>
        Eventually.Async(
            async () =>
                await inbox.QueryAsync<long>(
                    """
                    SELECT count(DISTINCT pid) FROM pg_locks
                    WHERE NOT granted AND relation::regclass::text LIKE 'billing.inbox_payloads%'
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    """
                ) == count,
            ct: Token,
            what: $"{count} to wait for a lock"
        );
}
