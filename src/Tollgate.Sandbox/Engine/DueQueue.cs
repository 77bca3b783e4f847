using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// What will happen by itself, in the order of its time. Entries are not taken out when a document changes: one that
/// no longer agrees with its document is dropped when its time comes.
/// </summary>
internal sealed class DueQueue(SandboxState state)
{
    private readonly PriorityQueue<(string Kind, string Id, long Due), (long Due, long Number)> queue = new();
    private long lastNumber;

    public void Schedule(JsonObject document)
    {
        if (state.Kinds.DueAt(document) is { } due)
        {
            queue.Enqueue((document.Kind(), document.Id(), due), (due, ++lastNumber));
        }
    }

    /// <summary>The next document that is due at or before a moment, with its time; it is taken out.</summary>
    public (JsonObject Document, long Due)? TakeNext(long moment)
    {
        while (queue.TryPeek(out var entry, out _) && entry.Due <= moment)
        {
            queue.Dequeue();
            if (state.Find(entry.Kind, entry.Id) is { } document && state.Kinds.DueAt(document) == entry.Due)
            {
                return (document, entry.Due);
            }
        }

        return null;
    }

    public long? NextTime() => queue.TryPeek(out var entry, out _) ? entry.Due : null;
}
