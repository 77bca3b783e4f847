namespace Tollgate.Sandbox.Wire;

/// <summary>The last thousand API requests, in memory; who tails the log receives each as it ends.</summary>
internal sealed class RequestLog
{
    private const int Kept = 1000;
    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> entries = new();
    private Action<LoggedRequest> followers = static _ => { };

    public IReadOnlyList<LoggedRequest> NewestFirst
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Reverse()];
            }
        }
    }

    public LoggedRequest? Find(string id) => NewestFirst.FirstOrDefault(entry => entry.Id == id);

    public void Add(LoggedRequest entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            if (entries.Count > Kept)
            {
                entries.Dequeue();
            }
        }

        followers(entry);
    }

    /// <summary>From now on called with each request that has ended, on its own thread.</summary>
    public void Follow(Action<LoggedRequest> follower)
    {
        lock (gate)
        {
            followers += follower;
        }
    }

    public void Leave(Action<LoggedRequest> follower)
    {
        lock (gate)
        {
            followers = (followers - follower) ?? (static _ => { });
        }
    }
}
