using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Tollgate.Startup;
using Tollgate.Telemetry;

namespace Tollgate.Tests.Startup;

public sealed class WorkerLoopTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly FakeTimeProvider time = new();
    private readonly WorkerHeartbeats heartbeats;

    public WorkerLoopTests() => heartbeats = new WorkerHeartbeats(time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_pass_is_reported_once_and_the_next_one_is_run()
    {
        using var worker = new Worker(Day, heartbeats) { IsNeeded = true };
        await worker.StartAsync(Token);
        await worker.PassAsync(new TimeoutException());
        Assert.False(await worker.WaitsAsync());
        Assert.Equal("TimeoutException", Assert.Single(worker.Failures));
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal([("worker", "TimeoutException")], heartbeats.OnlyFailing());

        worker.Wake();
        await worker.PassAsync(failure: null);
        Assert.True(await worker.WaitsAsync());

        Assert.Single(worker.Failures);
        Assert.Empty(heartbeats.OnlyFailing());
        await worker.StopAsync(Token);
        Assert.True(worker.ExecuteTask!.IsCanceled);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_hosts_is_a_failure_like_others()
    {
        using var worker = new Worker(Day, heartbeats);
        await worker.StartAsync(Token);
        await worker.PassAsync(new TaskCanceledException());

        Assert.False(await worker.WaitsAsync());

        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(heartbeats.OnlyFailing()); // nobody waits for it: the node stays in service
        await worker.StopAsync(Token);
    }

    [Fact]
    public async Task A_loop_is_stalled_when_it_does_not_come_round_after_its_own_interval()
    {
        using var worker = new Worker(Day, heartbeats);
        await worker.StartAsync(Token);
        await worker.PassAsync(failure: null);
        await worker.WaitsAsync();

        time.Advance(Day + TimeSpan.FromMinutes(2));
        Assert.Empty(heartbeats.Stalled());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["worker"], heartbeats.Stalled());

        worker.Wake();
        await worker.BeginsAsync();
        Assert.Empty(heartbeats.Stalled());
        time.Advance(TimeSpan.FromMinutes(3)); // a pass takes no day
        Assert.Equal(["worker"], heartbeats.Stalled());
        await worker.StopAsync(Token);
    }

    [Fact]
    public async Task A_loop_that_waits_for_somebody_is_never_stalled()
    {
        using var worker = new Worker(Timeout.InfiniteTimeSpan, heartbeats);
        await worker.StartAsync(Token);
        await worker.PassAsync(failure: null);
        await worker.WaitsAsync();

        time.Advance(TimeSpan.FromDays(100));

        Assert.Equal(["worker"], heartbeats.All());
        Assert.Empty(heartbeats.Stalled());
        await worker.StopAsync(Token);
    }

    /// <summary>Does each step when the test says so.</summary>
    private sealed class Worker(TimeSpan every, WorkerHeartbeats heartbeats) : WorkerLoop("worker", every, heartbeats)
    {
        private readonly Channel<bool> begun = Channel.CreateUnbounded<bool>();
        private readonly Channel<Exception?> ends = Channel.CreateUnbounded<Exception?>();
        private readonly Channel<bool> waits = Channel.CreateUnbounded<bool>();
        private readonly Channel<bool> wakes = Channel.CreateUnbounded<bool>();

        public List<string> Failures { get; } = [];

        public bool IsNeeded { get; init; }

        protected override bool StartsAtOnce => true;

        protected override bool FailsHealth => IsNeeded;

        public async Task BeginsAsync() => await begun.Reader.ReadAsync(Token);

        public async Task PassAsync(Exception? failure)
        {
            await BeginsAsync();
            ends.Writer.TryWrite(failure);
        }

        /// <summary>Whether the pass before succeeded.</summary>
        public async Task<bool> WaitsAsync() => await waits.Reader.ReadAsync(Token);

        public void Wake() => wakes.Writer.TryWrite(true);

        protected override async Task PassAsync(CancellationToken stoppingToken)
        {
            begun.Writer.TryWrite(true);
            if (await ends.Reader.ReadAsync(stoppingToken) is { } failure)
            {
                throw failure;
            }
        }

        protected override void Failed(Exception failure) => Failures.Add(failure.GetType().Name);

        protected override async Task WaitAsync(bool succeeded, PeriodicTimer ticks, CancellationToken stoppingToken)
        {
            waits.Writer.TryWrite(succeeded);
            await wakes.Reader.ReadAsync(stoppingToken);
        }
    }
}
