namespace Tollgate.Sandbox.Events;

/// <summary>Who is connected and gets every event over that connection, as <c>stripe listen</c> does.</summary>
internal interface IListener
{
    /// <summary>What its events are signed with.</summary>
    string Secret { get; }

    void Send(DeliveryAttempt attempt);
}

/// <summary>The listeners by their sessions. No documents: their connections end with the process.</summary>
internal sealed class Listeners
{
    private readonly Dictionary<string, IListener> bySession = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Sessions => bySession.Keys;

    public IListener? Find(string session) => bySession.GetValueOrDefault(session);

    /// <summary>A second listener of a session takes the place of the first.</summary>
    public void Add(string session, IListener listener) => bySession[session] = listener;

    /// <summary>False if another has taken its place.</summary>
    public bool Remove(string session, IListener listener) => Find(session) == listener && bySession.Remove(session);
}
