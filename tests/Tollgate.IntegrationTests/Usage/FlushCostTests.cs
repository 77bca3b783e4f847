using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tollgate.Storage;
using Tollgate.Usage;
using static Tollgate.IntegrationTests.Usage.MeterNodes;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>A flush costs the same whether one or a hundred share it.</summary>
public sealed class FlushCostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Transaction_takes_two_round_trips_and_its_commit_for_any_number_of_calls(int calls)
    {
        await using var nodes = await MeterNodes.CreateAsync();
        using var log = new StatementLog();
        var source = new Npgsql.NpgsqlDataSourceBuilder(nodes.ConnectionString).UseLoggerFactory(log).Build();
        await using var _ = source;
        var reserve = new ReserveFlush(source, MeterNodes.Catalog, new MeterOptions());
        var settle = new SettleFlush(source, MeterNodes.Catalog, new MeterOptions());
        var keys = Enumerable.Range(0, calls).Select(i => new ReservationKey(new(new($"t{i % 30}"), "fix"), $"{i}"));

        await reserve.RunAsync([.. keys.Select(Reserve)], Token);
        var reserved = log.Take();
        await settle.RunAsync([.. keys.Select(key => new SettleCall(key, Succeeded: true, Start))], Token);
        var settled = log.Take();

        Assert.Equal((2, 1), (reserved.Batches, reserved.Commits));
        Assert.Equal((2, 1), (settled.Batches, settled.Commits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Runs_of_an_open_window_take_one_round_trip_each_way(int calls)
    {
        await using var nodes = await MeterNodes.CreateAsync();
        using var log = new StatementLog();
        var source = new Npgsql.NpgsqlDataSourceBuilder(nodes.ConnectionString).UseLoggerFactory(log).Build();
        await using var _ = source;
        var options = new MeterOptions();
        var reserve = new ReserveFlush(source, MeterNodes.Catalog, options);
        await reserve.RunAsync(
            [.. Enumerable.Range(0, 30).Select(i => Reserve(new(new(new($"t{i}"), "fix"), "opens")))],
            Token
        );
        log.Take();
        var keys = Enumerable.Range(0, calls).Select(i => new ReservationKey(new(new($"t{i % 30}"), "fix"), $"{i}"));

        await using var connection = new KeptConnection(source);
        var grants = new FastReserve(
            connection,
            options,
            call => throw new InvalidOperationException($"{call} is left")
        );
        await grants.RunAsync([.. keys.Select(Reserve)], Token);
        Assert.Equal((1, 0), log.Take());
        var counts = new FastCommit(
            connection,
            MeterNodes.Catalog,
            options,
            call => throw new InvalidOperationException($"{call} is left")
        );
        await counts.RunAsync([.. keys.Select(key => new SettleCall(key, Succeeded: true, Start))], Token);
        Assert.Equal((1, 0), log.Take());
        Assert.Empty(await nodes.FaultsAsync());
    }

    private static ReserveCall Reserve(ReservationKey key) =>
        new(
            key.Meter,
            key.Key,
            "free_tier",
            ["fix", "doc_run", "linear_cycle"],
            Window,
            FreeLimit: 5,
            Enforce: true,
            Start
        );

    /// <summary>Counts what the driver says it has sent.</summary>
    private sealed class StatementLog : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> said = [];

        public (int Batches, int Commits) Take()
        {
            var all = said.ToList();
            said.Clear();
            return (
                all.Count(text =>
                    text.StartsWith("Batch execution completed", StringComparison.Ordinal)
                    || text.StartsWith("Command execution completed", StringComparison.Ordinal)
                ),
                all.Count(text => text.StartsWith("Committed transaction", StringComparison.Ordinal))
            );
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => said.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
