using Tollgate.Sandbox;

namespace Tollgate.Development;

/// <summary>The Sandbox in this process, for tests and for whoever moves its clock. It stops with the host.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    private SandboxServer? server;

    /// <exception cref="InvalidOperationException">The host has not started, or it runs on Stripe's own
    /// keys.</exception>
    public SandboxServer Server => server ?? throw new InvalidOperationException("No Sandbox runs in this process.");

    /// <summary>False where the host runs on Stripe's own keys.</summary>
    public bool IsRunning => server is not null;

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal void Set(SandboxServer started) => server = started;
}
