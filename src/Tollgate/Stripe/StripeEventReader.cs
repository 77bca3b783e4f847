using System.Text.Json;

namespace Tollgate.Stripe;

/// <summary>
/// Reads a webhook's envelope in one pass, without building a tree and without throwing, whatever the bytes are. What
/// is not needed is skipped, whatever it holds: of that only grammar and nesting are checked.
/// </summary>
internal static class StripeEventReader
{
    private static readonly EventMember Event = new(
        "",
        EventMemberKind.Branch,
        [
            new("id", EventMemberKind.Id),
            new("type", EventMemberKind.Text),
            new("created", EventMemberKind.Time),
            new("livemode", EventMemberKind.Flag),
            new("api_version", EventMemberKind.Text),
            new(
                "data",
                EventMemberKind.Branch,
                [
                    new(
                        "object",
                        EventMemberKind.Branch,
                        [
                            new("object", EventMemberKind.Text),
                            new("id", EventMemberKind.Text),
                            Expandable("customer"),
                            Expandable("subscription"),
                            new(
                                "parent",
                                EventMemberKind.BranchIfAny,
                                [new("subscription_details", EventMemberKind.BranchIfAny, [Expandable("subscription")])]
                            ),
                        ]
                    ),
                ]
            ),
        ]
    );

    /// <param name="body">The raw bytes, whose signature was verified before.</param>
    public static StripeEventReading Read(ReadOnlyMemory<byte> body) => Read(body.Span);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static StripeEventReading Read(ReadOnlySpan<byte> body)
    {
        var facts = new EventFacts();
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            ReadValue(ref reader, Event, "", facts);
            while (reader.Read())
            {
                // to the last byte: the reader throws where a second document follows the first
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // the reader throws InvalidOperationException for text that is not valid Unicode
            facts.Blame(StripeEventFault.NotJson, member: "");
        }

        return facts.Conclude();
    }

    private static EventMember Expandable(string name) =>
        new(name, EventMemberKind.IdOrBranch, [new("id", EventMemberKind.Id)]);

    private static void ReadValue(ref Utf8JsonReader reader, EventMember member, string path, EventFacts facts)
    {
        switch (member.Kind, reader.TokenType)
        {
            case (_, JsonTokenType.Null):
                break;
            case (EventMemberKind.Branch or EventMemberKind.BranchIfAny, JsonTokenType.StartObject):
                facts.Take(path, value: true);
                ReadMembers(ref reader, member, path, facts);
                break;
            case (EventMemberKind.IdOrBranch, JsonTokenType.StartObject):
                ReadMembers(ref reader, member, path, facts);
                facts.Require(path);
                break;
            case (EventMemberKind.Id or EventMemberKind.IdOrBranch, JsonTokenType.String):
                facts.TakeId(path, reader.GetString()!);
                break;
            case (EventMemberKind.Text, JsonTokenType.String):
                facts.TakeText(path, reader.GetString()!);
                break;
            case (EventMemberKind.Flag, JsonTokenType.True or JsonTokenType.False):
                facts.Take(path, reader.GetBoolean());
                break;
            case (EventMemberKind.Time, JsonTokenType.Number):
                facts.TakeTime(path, reader.TryGetInt64(out var seconds) ? seconds : null);
                break;
            case (EventMemberKind.BranchIfAny, _):
                reader.Skip(); // other objects have a "parent" that is no object
                break;
            default:
                facts.Blame(StripeEventFault.Malformed, path);
                reader.Skip();
                break;
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, EventMember parent, string path, EventFacts facts)
    {
        var seen = new bool[parent.Members.Length];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = IndexOf(ref reader, parent);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            var member = parent.Members[index];
            var memberPath = PathOf(parent, member, path);
            if (seen[index])
            {
                facts.Blame(StripeEventFault.Duplicate, memberPath);
            }

            seen[index] = true;
            ReadValue(ref reader, member, memberPath, facts);
        }
    }

    // an expanded object stands for its id
    private static string PathOf(EventMember parent, EventMember member, string path) =>
        (parent.Kind, path) switch
        {
            (EventMemberKind.IdOrBranch, _) => path,
            (_, "") => member.Name,
            _ => $"{path}.{member.Name}",
        };

    private static int IndexOf(ref Utf8JsonReader reader, EventMember parent)
    {
        for (var i = 0; i < parent.Members.Length; i++)
        {
            if (reader.ValueTextEquals(parent.Members[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}

internal enum EventMemberKind
{
    Branch,
    BranchIfAny,
    Id,
    IdOrBranch,
    Text,
    Flag,
    Time,
}

internal sealed record EventMember(string Name, EventMemberKind Kind, EventMember[] Members)
{
    public EventMember(string name, EventMemberKind kind)
        : this(name, kind, []) { }
}
