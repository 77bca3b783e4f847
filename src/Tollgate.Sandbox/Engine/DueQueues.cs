using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>What lives by a test clock falls due when that clock is advanced, and only then.</summary>
internal sealed class DueQueues(SandboxState state)
{
    private readonly Dictionary<string, DueQueue> ofTestClocks = new(StringComparer.Ordinal);

    /// <summary>What lives by the Sandbox's own clock.</summary>
    public DueQueue Own { get; } = new(state);

    public void Schedule(JsonObject document) =>
        (document.TextOrNull("test_clock") is { } clock ? Of(clock) : Own).Schedule(document);

    /// <summary>What lives by a test clock, by its id.</summary>
    public DueQueue Of(string clock)
    {
        if (!ofTestClocks.TryGetValue(clock, out var queue))
        {
            queue = new DueQueue(state);
            ofTestClocks[clock] = queue;
        }

        return queue;
    }
}
