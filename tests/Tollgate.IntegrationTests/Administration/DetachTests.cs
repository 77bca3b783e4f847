using System.Text.Json;
using Tollgate.Inbox;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>Bodies of old months are taken out of the inbox by a command, and the events stay.</summary>
public sealed class DetachTests
{
    private const string Rows = """
        INSERT INTO billing.inbox_receipts (event_id, type, received_at, state, not_before)
        VALUES ('evt_old', 'invoice.paid', '2025-05-31', 'applied', clock_timestamp()),
            ('evt_dead', 'invoice.paid', '2025-06-01', 'dead', clock_timestamp()),
            ('evt_erased', 'invoice.paid', '2025-07-01', 'ignored', clock_timestamp());
        INSERT INTO billing.inbox_payloads (event_id, received_month, body)
        SELECT event_id, date_trunc('month', received_at), convert_to('{"id": "' || event_id || '"}', 'UTF8')
        FROM billing.inbox_receipts;
        UPDATE billing.inbox_payloads SET body = '' WHERE event_id = 'evt_erased'
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_months_become_tables_of_their_own_and_their_events_stay_listed()
    {
        await using var hydra = await StartAsync();
        Assert.Contains("2025-05 ", await DoneAsync(hydra, "inbox", "partitions"), StringComparison.Ordinal);

        var plan = await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06");
        Assert.StartsWith(
            "would detach 2025-05 as billing.inbox_payloads_2025_05_detached (",
            plan,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("2025-06", plan, StringComparison.Ordinal);
        Assert.Contains("evt_old", await DoneAsync(hydra, "events", "show", "evt_old"), StringComparison.Ordinal);
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));

        var done = await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");

        Assert.StartsWith(
            "detached 2025-05 as billing.inbox_payloads_2025_05_detached",
            done,
            StringComparison.Ordinal
        );
        Assert.Equal(
            """evt_old {"id": "evt_old"}""",
            await hydra.QueryAsync<string>(
                """
                SELECT event_id || ' ' || convert_from(body, 'UTF8') FROM billing.inbox_payloads_2025_05_detached
                """
            )
        );
        Assert.Equal(2L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));
        Assert.Contains("evt_old", await DoneAsync(hydra, "events", "list"), StringComparison.Ordinal);
        Assert.DoesNotContain("2025-05", await DoneAsync(hydra, "inbox", "partitions"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evt_old")] // detached below
    [InlineData("evt_erased")] // by the retention
    public async Task A_body_that_is_gone_is_said_to_be_gone(string gone)
    {
        await using var hydra = await StartAsync();
        await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");

        Assert.Contains("Its body is gone", await DoneAsync(hydra, "events", "show", gone), StringComparison.Ordinal);
        var shown = JsonElement.Parse(await DoneAsync(hydra, "events", "show", gone, "--json"));
        Assert.StartsWith("Its body is gone", shown.GetProperty("body").GetString(), StringComparison.Ordinal);
        using var admin = await hydra.SignInAsync("admin@hydra.test");
        var page = JsonElement.Parse(await admin.GetStringAsync($"/api/billing/admin/events/{gone}", Token));
        Assert.StartsWith("Its body is gone", page.GetProperty("payload").GetString(), StringComparison.Ordinal);
        var there = JsonElement.Parse(await DoneAsync(hydra, "events", "show", "evt_dead", "--json"));
        Assert.Equal("evt_dead", there.GetProperty("body").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_month_whose_events_are_not_done_with_is_refused_and_nothing_is_detached()
    {
        await using var hydra = await StartAsync();

        var refused = await RefusedAsync(hydra, "inbox", "detach", "--before", "2025-08", "--yes");

        Assert.Contains("Of 2025-06: 1 dead.", refused, StringComparison.Ordinal);
        Assert.Contains("(month_needs_bodies)", refused, StringComparison.Ordinal);
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));
        foreach (var state in new[] { "received", "waiting", "parked", "quarantined" })
        {
            await ExecuteAsync(
                hydra,
                $"UPDATE billing.inbox_receipts SET state = '{state}' WHERE event_id = 'evt_dead'"
            );
            Assert.Contains(
                $"1 {state}",
                await RefusedAsync(hydra, "inbox", "detach", "--before", "2025-08"),
                StringComparison.Ordinal
            );
        }

        await ExecuteAsync(hydra, "UPDATE billing.inbox_receipts SET state = 'applied'");
        await DoneAsync(hydra, "inbox", "detach", "--before", "2025-08", "--yes");
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));
    }

    [Fact]
    public async Task The_current_month_is_refused()
    {
        await using var hydra = await StartAsync();
        var next = InboxPartitions.MonthOf(TimeProvider.System.GetUtcNow()).AddMonths(1);

        var refused = await RefusedAsync(hydra, "inbox", "detach", "--before", InboxPartitions.Text(next), "--yes");

        Assert.Contains("(month_is_current)", refused, StringComparison.Ordinal);
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));
    }

    [Fact]
    public async Task A_month_is_not_detached_over_the_table_of_a_former_time()
    {
        await using var hydra = await StartAsync();
        await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");
        await ExecuteAsync(hydra, "INSERT INTO billing.inbox_payloads VALUES ('evt_old', '2025-05-01', '{}')");
        await DoneAsync(hydra, "migrate", "up");

        var refused = await RefusedAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");
        Assert.Contains("(month_detached_before)", refused, StringComparison.Ordinal);

        await ExecuteAsync(hydra, "DROP TABLE billing.inbox_payloads_2025_05_detached");
        await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_leaves_detached_tables_out_and_a_restore_leaves_them_alone(bool byCopy)
    {
        await using var hydra = await StartAsync();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sql");
        await DoneAsync(hydra, "inbox", "detach", "--before", "2025-06", "--yes");

        await DoneAsync(hydra, ["backup", file, .. byCopy ? ["--copy"] : Array.Empty<string>()]);
        Assert.DoesNotContain("_detached", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        await DoneAsync(hydra, "migrate", "down", "--yes");
        await DoneAsync(hydra, "migrate", "up");
        await DoneAsync(hydra, "restore", file, "--yes");
        await DoneAsync(hydra, "migrate", "up");

        File.Delete(file);
        // each month in its own partition again, those that the restore found missing, too
        Assert.Equal(
            "billing.inbox_payloads_2025_06 billing.inbox_payloads_2025_07",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(tableoid::regclass::text, ' ' ORDER BY event_id) FROM billing.inbox_payloads"
            )
        );
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads_2025_05_detached"));
    }

    /// <summary>Nothing is applied and nothing comes; each event lies in its month's partition.</summary>
    private static async Task<HydraHost> StartAsync()
    {
        var hydra = await HydraHost.StartAsync("--Logging:LogLevel:Default=None", "--BILLING_ENABLED=false");
        await ExecuteAsync(hydra, Rows);
        await DoneAsync(hydra, "migrate", "up");
        return hydra;
    }

    private static async Task<string> DoneAsync(HydraHost hydra, params string[] args)
    {
        var (code, output) = await hydra.CommandAsync(args);
        Assert.True(code == 0, output);
        return output;
    }

    private static async Task<string> RefusedAsync(HydraHost hydra, params string[] args)
    {
        var (code, output) = await hydra.CommandAsync(args);
        Assert.True(code == 1, output);
        return output;
    }
}
