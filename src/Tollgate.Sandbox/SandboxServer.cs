using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Listen;
using Tollgate.Sandbox.Pages;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Seeding;
using Tollgate.Sandbox.Server;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox;

/// <summary>
/// A local, stateful Stripe on 127.0.0.1: API, hosted Checkout, signed webhooks, and a clock that can be moved.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private const long MaxBodyBytes = 4 * 1024 * 1024;
    private const int MaxQueryBytes = 512 * 1024;
    private readonly WebApplication app;
    private readonly RunningLoop running;
    private readonly SandboxState state;
    private readonly Journal? journal;
    private readonly CancellationTokenSource hangUp = new();

    private SandboxServer(SandboxOptions options)
    {
        state = StoredKinds.NewState($"http://127.0.0.1:{options.Port}");
        var clock = new SandboxClock(options.Machine);
        TimeSpan? offset = null;
        journal = options.DataDirectory is null ? null : Journal.Open(options.DataDirectory, state, out offset);
        clock.Offset = offset ?? (options.StartAt is { } start ? start - options.Machine.GetUtcNow() : TimeSpan.Zero);
        if (offset is null)
        {
            journal?.RecordOffset(clock.Offset);
        }

        Clock = clock;
        CardScripts = state.InMemory<CardScripts>();
        app = Build(options);
        running = new RunningLoop(state, options, clock, journal);
    }

    /// <summary>Where the Sandbox answers, e.g. <c>http://127.0.0.1:12111</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>
    /// Sandbox time: machine time plus all that was advanced so far. Survives a restart on a journal.
    /// </summary>
    public TimeProvider Clock { get; }

    /// <summary>Faults on request: off until a rule is added.</summary>
    public ChaosRules Chaos => running.Chaos;

    /// <summary>What single cards, or the cards of single customers, answer to their next charges.</summary>
    public CardScripts CardScripts { get; }

    /// <summary>The API requests that came last.</summary>
    internal RequestLog Requests { get; } = new();

    /// <summary>Starts a Sandbox; with a data directory it goes on where the last one stopped.</summary>
    /// <exception cref="IOException">The port or the data directory is in use.</exception>
    /// <exception cref="InvalidDataException">The journal cannot be read, or the seed file has a fault.</exception>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new SandboxOptions();
        var server = new SandboxServer(options);
        var isNew = !server.state.All().Any();
        try
        {
            server.MapRequests(options);
            await server.app.StartAsync(cancellationToken);
            server.BaseAddress = new Uri(
                server
                    .app.Services.GetRequiredService<IServer>()
                    .Features.Get<IServerAddressesFeature>()!
                    .Addresses.First()
            );
            server.state.BaseUrl = server.BaseAddress.GetLeftPart(UriPartial.Authority);
            if (!isNew)
            {
                await server.running.Loop.RunAsync(MovedAddress.Follow, cancellationToken: cancellationToken);
            }

            if (options.SeedFile is { } seed && isNew)
            {
                await RunSeed.RunAsync(seed, server.BaseAddress, cancellationToken);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Moves Sandbox time forward and runs, in the order of time, all that falls due on the way. Webhooks of what
    /// happened are on their way when it returns.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or beyond the year 9000.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, ClockEndpoint.MaxAdvance);
        return running.Loop.AdvanceToAsync(now => now + by).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until no webhook delivery is running or due. A retry that waits for its time does not count.
    /// </summary>
    public Task WaitForDeliveriesAsync(CancellationToken cancellationToken = default) =>
        running.WhenDeliveriesAreDoneAsync(cancellationToken);

    /// <summary>Stops; what was answered is in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        // Sockets would otherwise hold the server open.
        await hangUp.CancelAsync();
        await app.DisposeAsync();
        await running.DisposeAsync();
        journal?.Dispose();
        hangUp.Dispose();
    }

    /// <summary>Completes when the Sandbox stops.</summary>
    internal Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        Task.WhenAny(running.Running, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));

    private static WebApplication Build(SandboxOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            // A long query gets an answer of the API's, not the server's empty 414.
            kestrel.Limits.MaxRequestLineSize = MaxQueryBytes;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        return builder.Build();
    }

    private void MapRequests(SandboxOptions options)
    {
        string BaseUrl() => BaseAddress.GetLeftPart(UriPartial.Authority);
        var loop = running.Loop;
        var rate = new RequestRate(options.RateLimits, options.Machine);
        var chaos = new RequestChaos(Chaos, running.Former, options.Machine, hangUp.Token);
        var api = new ApiEndpoint(SandboxApi.Surface, loop, rate, chaos.On, Requests, Clock, BaseUrl);
        var pages = new PageEndpoint(
            loop,
            (SandboxClock)Clock,
            new ChaosEndpoint(Chaos, CardScripts),
            new RequestPages(Requests)
        );
        var sessions = new ListenSessions(loop, running.Deliveries, options.Machine);
        var listen = new ListenEndpoint(loop, sessions, Requests, hangUp.Token);
        app.UseWebSockets();
        app.Run(context =>
            !LocalCallers.Include(context.Request)
                ? Answers.JsonAsync(context, new StripeException(403, "invalid_request_error", "Other origin"))
            : context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal)
                ? api.HandleAsync(context)
            : context.Request.Path.StartsWithSegments("/subscribe", StringComparison.Ordinal)
                ? listen.HandleAsync(context)
            : pages.HandleAsync(context)
        );
    }
}
