using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>Who caused the changes of a transaction: a request, or (null) the clock.</summary>
internal sealed record RequestOrigin(string RequestId, string? IdempotencyKey);

/// <summary>Records that a document changed, or what else happened to it.</summary>
/// <param name="former">Where it is an update: the version before. One that the world cannot see is silent.</param>
internal delegate void Emission(Transaction tx, string eventType, JsonObject document, JsonObject? former);

/// <summary>
/// One command's changes, written through to the state and undone together if the command is refused. What it leaves
/// behind (documents put and removed) is one line of the journal.
/// </summary>
/// <param name="now">
/// Unix seconds by the clock that the command's objects live by: for due work the second it was due, not the second it
/// ran.
/// </param>
internal sealed class Transaction(SandboxState state, SandboxOptions options, long now, RequestOrigin? origin)
{
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private List<Replacement> undo = [];
    private Dictionary<(string Kind, string Id), StoredDocument?> touched = [];
    private Companions companions = new();
    private bool isPreview;

    public long Now { get; } = now;

    /// <summary>What the Sandbox's own clock shows, whatever test clock the command's objects live by.</summary>
    public long SandboxNow { get; init; } = now;

    public SandboxOptions Options => options;

    public DocumentKinds Kinds => state.Kinds;

    public RequestOrigin? Origin => origin;

    /// <summary>Where the Sandbox answers, for links to its pages; without a slash at the end.</summary>
    public string BaseUrl => state.BaseUrl;

    /// <summary>Every document that was put (value) or removed (null), in the order of the first touch.</summary>
    public IReadOnlyDictionary<(string Kind, string Id), StoredDocument?> Touched => touched;

    /// <summary>Versions as the world sees them, in the texts of the first events that show them.</summary>
    public Dictionary<JsonObject, ReadOnlyMemory<byte>> Shown { get; private init; } =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>What the command found where it put something; null where nobody asks for it.</summary>
    public Dictionary<(string Kind, string Id), JsonObject>? Former { get; init; }

    public static string NewId(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(IdAlphabet, 24)}";

    /// <summary>What a higher level keeps in memory. No document: a restart forgets it.</summary>
    public T InMemory<T>()
        where T : class, new() => state.InMemory<T>();

    /// <summary>What a higher level keeps for this command; a preview has its own.</summary>
    public T OfCommand<T>(Func<T> make)
        where T : class => companions.Of(make);

    /// <summary>The same; null if nothing in this command has asked for it.</summary>
    public T? OfCommandOrNull<T>()
        where T : class => companions.OrNull<T>();

    public JsonObject? Find(string kind, string id) => state.Find(kind, id);

    /// <summary>Some members of a document, at least, where they are only read; it is not to be changed.</summary>
    public JsonObject? Glance(string kind, string id, params ReadOnlySpan<string> members) =>
        state.Glance(kind, id, members);

    public IEnumerable<JsonObject> NewestFirst(string kind, IndexKey? by = null, string? beyond = null) =>
        state.NewestFirst(kind, by, beyond);

    public IEnumerable<JsonObject> OldestFirst(string kind, IndexKey? by = null, string? beyond = null) =>
        state.OldestFirst(kind, by, beyond);

    /// <summary>Documents of a kind that an indexed member finds, newest first.</summary>
    public IEnumerable<JsonObject> With(string kind, string member, string key) =>
        state.NewestFirst(kind, new IndexKey(member, key));

    public int Count(string kind, IndexKey by) => state.Count(kind, by);

    /// <summary>The same command, with another clock's time as its now.</summary>
    public Transaction At(long time) =>
        time == Now
            ? this
            : new Transaction(state, options, time, origin)
            {
                SandboxNow = SandboxNow,
                undo = undo,
                touched = touched,
                Former = Former,
                Shown = Shown,
                companions = companions,
                isPreview = isPreview,
            };

    public JsonObject Add(JsonObject document, string? eventType = null)
    {
        Put(document);
        if (eventType is not null)
        {
            Emit(eventType, document);
        }

        return document;
    }

    /// <summary>Adds what is text already.</summary>
    /// <param name="head">Its kind, its id and what it is found by.</param>
    public void Add(JsonObject head, byte[] text) => Note(head.Kind(), state.Add(head, text));

    /// <summary>
    /// Stores a changed copy; with an event type, emits it with the previous attributes if any differ.
    /// </summary>
    public JsonObject Change(JsonObject document, Action<JsonObject> change, string? eventType = null)
    {
        var after = document.Copy();
        change(after);
        Put(after);
        if (eventType is not null)
        {
            EmitChange(eventType, document, after);
        }

        return after;
    }

    /// <summary>
    /// The same for a version that its caller has done with, and without the copy: its nodes are changed. Where others
    /// may still read it (behind a preview, or a read that is to be stale) it is copied all the same.
    /// </summary>
    public JsonObject Amend(JsonObject document, Action<JsonObject> change)
    {
        if (isPreview || Former is not null || !state.Release(document))
        {
            return Change(document, change);
        }

        Shown.Remove(document);
        change(document);
        Put(document);
        return document;
    }

    public void Remove(JsonObject document)
    {
        if (state.Remove(document.Kind(), document.Id()) is { } replaced)
        {
            Note(document.Kind(), replaced);
        }
    }

    public void Emit(string eventType, JsonObject document) => state.Emit(this, eventType, document, former: null);

    /// <summary>
    /// Emits an update of what the world can see; a change of the Sandbox's own members alone is silent.
    /// </summary>
    public void EmitChange(string eventType, JsonObject before, JsonObject after) =>
        state.Emit(this, eventType, after, before);

    /// <summary>Runs a command on the state as it is and takes all its changes back (previews).</summary>
    public T Undone<T>(Func<Transaction, T> command)
    {
        var scratch = new Transaction(state, options, Now, origin) { SandboxNow = SandboxNow, isPreview = true };
        try
        {
            return command(scratch);
        }
        finally
        {
            scratch.Rollback();
        }
    }

    public void Rollback()
    {
        for (var index = undo.Count - 1; index >= 0; index--)
        {
            undo[index].Undo();
        }

        undo.Clear();
        touched.Clear();
    }

    private void Put(JsonObject document)
    {
        if (Former is not null && state.Find(document.Kind(), document.Id()) is { } before)
        {
            Former.TryAdd((document.Kind(), document.Id()), before);
        }

        Note(document.Kind(), state.Put(document));
    }

    private void Note(string kind, Replacement replaced)
    {
        undo.Add(replaced);
        touched[(kind, replaced.Id)] = replaced.To;
    }
}
