using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// The state on disk: one JSON line per command with the documents it put and removed, and lines for the clock's
/// offset. Read back at start and then written anew without what was replaced. A last line that was torn by a kill is
/// dropped; its command was never answered.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const string FileName = "journal.jsonl";
    private readonly FileStream file;
    private readonly FileStream? exclusive;
    private readonly MemoryStream pending = new();
    private readonly Utf8JsonWriter writer;

    private Journal(FileStream file, FileStream? exclusive)
    {
        this.file = file;
        this.exclusive = exclusive;
        writer = new Utf8JsonWriter(pending, Utf8Text.Dense);
    }

    /// <summary>Reads the folder's journal into the state and opens it for more.</summary>
    /// <exception cref="IOException">Another Sandbox uses the folder.</exception>
    /// <exception cref="InvalidDataException">A line other than the last cannot be read.</exception>
    public static Journal Open(string directory, SandboxState state, out TimeSpan? offset)
    {
        Directory.CreateDirectory(directory);
        var ownership = new FileStream(
            Path.Combine(directory, "lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        try
        {
            var path = Path.Combine(directory, FileName);
            offset = File.Exists(path) ? Replay(path, state) : null;
            Compact(path, state, offset);
            return new Journal(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), ownership);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public void Record(IReadOnlyDictionary<(string Kind, string Id), StoredDocument?> touched)
    {
        if (touched.Count == 0)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("put");
        foreach (var document in touched.Values)
        {
            document?.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("removed");
        foreach (var ((kind, id), document) in touched)
        {
            if (document is null)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(kind);
                writer.WriteStringValue(id);
                writer.WriteEndArray();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        EndLine();
    }

    public void RecordOffset(TimeSpan offset)
    {
        writer.WriteStartObject();
        writer.WriteNumber("offset_ticks", offset.Ticks);
        writer.WriteEndObject();
        EndLine();
    }

    /// <summary>Hands the lines to the operating system: they survive a kill of this process.</summary>
    public void Flush()
    {
        if (pending.Length == 0)
        {
            return;
        }

        pending.WriteTo(file);
        file.Flush();
        pending.SetLength(0);
    }

    public void Dispose()
    {
        Flush();
        file.Dispose();
        exclusive?.Dispose();
        writer.Dispose();
        pending.Dispose();
    }

    private static TimeSpan? Replay(string path, SandboxState state)
    {
        TimeSpan? offset = null;
        foreach (var (index, text) in WholeLines(path).Index())
        {
            try
            {
                var line = JsonNode.Parse(text)!.AsObject();
                offset = line.IntOrNull("offset_ticks") is { } ticks ? new TimeSpan(ticks) : offset;
                foreach (var document in line.Each("put"))
                {
                    state.Put(document.Copy());
                }

                foreach (var removed in (line["removed"] as JsonArray ?? []).OfType<JsonArray>())
                {
                    state.Remove(removed[0]!.GetValue<string>(), removed[1]!.GetValue<string>());
                }
            }
            catch (JsonException error)
            {
                throw new InvalidDataException($"{path}, line {index + 1}: {error.Message}", error);
            }
        }

        return offset;
    }

    /// <summary>
    /// One line after another, since a journal may be larger than memory. Each ends with a line feed: the text after
    /// the last one was torn by a kill and is left out.
    /// </summary>
    private static IEnumerable<string> WholeLines(string path)
    {
        string? before = null;
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            if (before is not null)
            {
                yield return before;
            }

            before = line;
        }

        if (before is not null && EndsWithLineFeed(path))
        {
            yield return before;
        }
    }

    private static bool EndsWithLineFeed(string path)
    {
        using var written = File.OpenRead(path);
        written.Seek(-1, SeekOrigin.End);
        return written.ReadByte() == '\n';
    }

    /// <summary>Writes the state anew beside the old journal, and takes its place only when it is whole.</summary>
    private static void Compact(string path, SandboxState state, TimeSpan? offset)
    {
        var fresh = path + ".new";
        using (var journal = new Journal(File.Create(fresh), exclusive: null))
        {
            if (offset is { } known)
            {
                journal.RecordOffset(known);
            }

            foreach (var stored in state.All())
            {
                journal.writer.WriteStartObject();
                journal.writer.WriteStartArray("put");
                stored.WriteTo(journal.writer);
                journal.writer.WriteEndArray();
                journal.writer.WriteEndObject();
                journal.EndLine();
                journal.Flush();
            }

            journal.Flush();
            journal.file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private void EndLine()
    {
        writer.Flush();
        writer.Reset();
        pending.WriteByte((byte)'\n');
    }
}
