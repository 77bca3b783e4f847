using System.Net.Http.Headers;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Payments;
using Xunit;

namespace Tollgate.Sandbox.Testing;

/// <summary>
/// A Sandbox for tests of xunit.v3, by <c>IClassFixture&lt;SandboxFixture&gt;</c>, a collection or an assembly fixture.
/// Inherit from it for other options.
/// </summary>
public class SandboxFixture : IAsyncLifetime
{
    /// <summary>A key that the Sandbox takes.</summary>
    public const string ApiKey = "sk_test_sandboxfixture";

    private SandboxServer? server;
    private HttpClient? api;

    /// <summary>The Sandbox itself.</summary>
    /// <exception cref="InvalidOperationException">It is not started yet.</exception>
    public SandboxServer Server => server ?? throw new InvalidOperationException("The fixture is not started yet.");

    /// <summary>Where it answers.</summary>
    public Uri Address => Server.BaseAddress;

    /// <summary>A client of its API that carries the key.</summary>
    /// <exception cref="InvalidOperationException">It is not started yet.</exception>
    public HttpClient Api => api ?? throw new InvalidOperationException("The fixture is not started yet.");

    /// <summary>Sandbox time.</summary>
    public DateTimeOffset Now => Server.Clock.GetUtcNow();

    /// <summary>Faults on request.</summary>
    public ChaosRules Chaos => Server.Chaos;

    /// <summary>What cards answer to their next charges.</summary>
    public CardScripts Cards => Server.CardScripts;

    /// <summary>How the Sandbox runs. Default: on any free port, in memory.</summary>
    protected virtual SandboxOptions Options => new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts the Sandbox; xunit calls it.</summary>
    public async ValueTask InitializeAsync()
    {
        server = await SandboxServer.StartAsync(Options, Token);
        api = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.BaseAddress };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    /// <summary>Moves time forward, and returns when all webhooks of what happened on the way were delivered.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await Server.AdvanceAsync(by, Token);
        await Server.WaitForDeliveriesAsync(Token);
    }

    /// <summary>Returns when no webhook is under way or due.</summary>
    public Task WaitForDeliveriesAsync() => Server.WaitForDeliveriesAsync(Token);

    /// <summary>Ends all faults and scripts, so that the next test begins in peace.</summary>
    public void Calm()
    {
        Chaos.Reset();
        Cards.Clear();
    }

    /// <summary>Stops the Sandbox; xunit calls it.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        api?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
