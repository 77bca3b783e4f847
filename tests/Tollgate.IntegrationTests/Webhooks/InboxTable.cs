using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tollgate.Inbox;
using Tollgate.Storage;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Webhooks;

/// <summary>The inbox's tables in a database of the test's own, as the migrations leave them.</summary>
internal sealed class InboxTable : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ConcurrentBag<NpgsqlDataSource> nodes = [];

    private InboxTable(TestDatabase database)
    {
        this.database = database;
        Source = NpgsqlDataSource.Create(database.ConnectionString);
    }

    public NpgsqlDataSource Source { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<InboxTable> CreateAsync() => new(await TestDatabase.CreateAsync(MigrateAsync));

    public static FakeTimeProvider Clock(string time) =>
        new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>Another node, with connections of its own.</summary>
    public InboxPartitions Node(TimeProvider clock)
    {
        var node = NpgsqlDataSource.Create(database.ConnectionString);
        nodes.Add(node);
        return new InboxPartitions(node, clock);
    }

    /// <summary>As the webhook does it.</summary>
    public Task RecordAsync(string id, TimeProvider clock) => RecordAsync(Source, id, clock);

    /// <summary>The same, but an insert that has to wait for a lock fails.</summary>
    public async Task RecordAtOnceAsync(string id, TimeProvider clock)
    {
        var text = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c lock_timeout=100ms" };
        await using var hasty = NpgsqlDataSource.Create(text.ConnectionString);
        await RecordAsync(hasty, id, clock);
    }

    /// <summary>Each event with the table that holds its body, within the schema.</summary>
    public async Task<string> WhereAsync() =>
        await QueryAsync<string>(
            """
            SELECT string_agg(event_id || ' ' || convert_from(body, 'UTF8') || ' '
                || replace(tableoid::regclass::text, 'billing.inbox_payloads_', ''), ', ' ORDER BY event_id)
            FROM billing.inbox_payloads
            """
        ) ?? "";

    /// <summary>The months that have a partition.</summary>
    public async Task<string> MonthsAsync() =>
        string.Join(
            ' ',
            (await new InboxPartitions(Source, TimeProvider.System).ListAsync(Token)).Select(partition =>
                partition.Month is { } month ? InboxPartitions.Text(month) : "default"
            )
        );

    public async Task<T?> QueryAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        var value = await command.ExecuteScalarAsync(Token);
        return value is null or DBNull ? default : (T)value;
    }

    public Task ExecuteAsync(string sql) => QueryAsync<object>(sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in nodes.Append(Source))
        {
            await source.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private static async Task RecordAsync(NpgsqlDataSource source, string id, TimeProvider clock)
    {
        await using var inbox = new EventInbox(source, clock, NullLogger<EventInbox>.Instance);
        Assert.NotNull(await inbox.RecordAsync(Event(id), Token));
    }

    private static ReceivedEvent Event(string id) =>
        new(id, "invoice.paid", null, null, null, null, null, "received", null, "{}"u8.ToArray());

    private static async Task MigrateAsync(string connectionString)
    {
        await using var db = new TollgateDb(TollgateDbOptions.For(connectionString));
        await db.Database.MigrateAsync();
    }
}
