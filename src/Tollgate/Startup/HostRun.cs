namespace Tollgate.Startup;

/// <summary>What the executable was started for.</summary>
internal sealed class HostRun
{
    /// <summary>True for a command, false for serving.</summary>
    public bool IsCommand { get; internal set; }

    /// <summary>The start-up steps have run in this process.</summary>
    internal bool HasStarted { get; set; }
}
