using System.IO.Pipelines;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Tests.Stripe;

namespace Tollgate.Tests.Access;

/// <summary>When a stream beats and when it ends, by a clock that the test moves.</summary>
public sealed class StreamTests
{
    private static readonly AccountId Acme = new("acme");
    private readonly FakeTime time = new();
    private readonly Members members = new();
    private readonly Life life = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("abuse", "X17")]
    public async Task A_stream_beats_and_ends_at_the_first_beat_after_its_member_was_removed()
    {
        var (reader, stream) = Open();
        Assert.Equal("event: paused|data: {}", await reader());
        time.Advance(StreamChanges.Heartbeat);
        Assert.Equal(":", await reader());

        members.Caller = null;
        time.Advance(StreamChanges.Heartbeat);

        await stream.WaitAsync(Token);
    }

    [Fact]
    [Trait("abuse", "X17")]
    public async Task A_caller_who_moved_to_another_account_receives_no_more_of_the_old_one()
    {
        var (reader, stream) = Open();
        await reader();

        members.Caller = new BillingCaller(new AccountId("globex"), IsBillingAdmin: true);
        time.Advance(StreamChanges.Heartbeat);

        await stream.WaitAsync(Token);
    }

    [Fact]
    public async Task A_stream_ends_after_a_quarter_of_an_hour_so_that_its_reader_signs_in_anew()
    {
        var (reader, stream) = Open();
        await reader();

        time.Advance(StreamChanges.Longest);

        await stream.WaitAsync(Token);
    }

    [Fact]
    public async Task A_node_that_stops_ends_its_streams()
    {
        var (reader, stream) = Open();
        await reader();

        life.StopApplication();

        await stream.WaitAsync(Token);
    }

    [Fact]
    [Trait("fault", "F98")]
    public void An_account_has_fifty_streams_and_takes_none_of_another()
    {
        var streams = new AccountStreams();
        var open = Enumerable.Range(0, 50).Select(_ => streams.TryOpen(Acme)).ToList();

        Assert.All(open, Assert.NotNull);
        Assert.Null(streams.TryOpen(Acme));
        Assert.NotNull(streams.TryOpen(new AccountId("globex")));
        open[7]!.Dispose();
        Assert.NotNull(streams.TryOpen(Acme));
        Assert.Null(streams.TryOpen(Acme));
    }

    [Fact]
    [Trait("fault", "F98")]
    public async Task A_stream_is_woken_for_its_own_account_only()
    {
        var streams = new AccountStreams();
        using var acme = streams.TryOpen(Acme)!;
        using var globex = streams.TryOpen(new AccountId("globex"))!;

        streams.Wake(Acme);
        streams.Wake(Acme);

        await acme.WaitAsync(Token);
        Assert.False(acme.WaitAsync(Token).IsCompleted);
        Assert.False(globex.WaitAsync(Token).IsCompleted);
    }

    private (Func<Task<string>> Frame, Task Ended) Open()
    {
        var catalog = new PlanCatalog("Hydra", [new Plan("free", "Free")], meters: [], features: []);
        // nobody listens to the database, so that it is asked nothing
        var options = new TollgateOptions();
        var clock = new BillingClock(time);
        var gate = new AccessGate(
            contexts: null!,
            catalog,
            options,
            new BillingSwitch(options),
            clock,
            TimeProvider.System,
            NullLogger<AccessGate>.Instance
        );
        var pipe = new Pipe();
        var http = new DefaultHttpContext();
        http.Response.Body = pipe.Writer.AsStream();
        var ended = new StreamChanges(gate, new AccountStreams(), DirectoryOf(members), life, time).RunAsync(http);
        var lines = new StreamReader(pipe.Reader.AsStream());
        return (() => ReadFrameAsync(lines), ended);
    }

    private HostDirectory DirectoryOf(Members members) =>
        new ServiceCollection()
            .AddSingleton<IAccountDirectory>(members)
            .AddSingleton(NpgsqlDataSource.Create("Host=nowhere.invalid")) // a stream asks the host alone
            .AddSingleton(new BillingClock(time))
            .AddAccounts()
            .BuildServiceProvider()
            .GetRequiredService<HostDirectory>();

    private static async Task<string> ReadFrameAsync(StreamReader lines)
    {
        var frame = new List<string>();
        while (await lines.ReadLineAsync(Token) is { Length: > 0 } line)
        {
            frame.Add(line);
        }

        return string.Join('|', frame);
    }

    private sealed class Members : IAccountDirectory
    {
        public BillingCaller? Caller { get; set; } = new(Acme, IsBillingAdmin: false);

        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new(Caller);

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
    }

    private sealed class Life : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();
    }
}
