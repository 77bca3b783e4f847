namespace Tollgate.Stripe;

/// <summary>What was found in an event so far, and the first thing that was wrong with it.</summary>
internal sealed class EventFacts
{
    private const int LongestText = 255;

    private readonly Dictionary<string, object> found = [];
    private (StripeEventFault Fault, string Member)? blame;

    /// <summary>The first fault is the one reported; reading goes on, for the sake of the event's id.</summary>
    public void Blame(StripeEventFault fault, string member) => blame ??= (fault, member);

    public void Take(string path, object value) => found.TryAdd(path, value);

    public void Require(string path)
    {
        if (!found.ContainsKey(path))
        {
            Blame(StripeEventFault.Missing, path);
        }
    }

    public void TakeId(string path, string id)
    {
        if (StripeId.IsOne(id))
        {
            Take(path, id);
        }
        else
        {
            Blame(StripeEventFault.Malformed, path);
        }
    }

    public void TakeText(string path, string text)
    {
        // a database's text column takes no NUL, and a log line no line break
        if (text.Length is 0 or > LongestText || text.Any(char.IsControl))
        {
            Blame(StripeEventFault.Malformed, path);
        }
        else
        {
            Take(path, text);
        }
    }

    public void TakeTime(string path, long? seconds)
    {
        if (seconds is { } known && UnixTime.IsInRange(known))
        {
            Take(path, DateTimeOffset.FromUnixTimeSeconds(known));
        }
        else
        {
            Blame(StripeEventFault.Malformed, path);
        }
    }

    public StripeEventReading Conclude()
    {
        foreach (var path in (ReadOnlySpan<string>)["id", "type", "created", "livemode", "data.object"])
        {
            Require(path);
        }

        // some objects carry an id that the account chose, these two never
        if (Text("data.object.object") is "customer" or "subscription" && !StripeId.IsOne(Text("data.object.id")))
        {
            Blame(StripeEventFault.Malformed, "data.object.id");
        }

        return blame is { } wrong
            ? new StripeEventReading.Unreadable(wrong.Fault, wrong.Member, Text("id"))
            : new StripeEventReading.Readable(Envelope());
    }

    private StripeEventEnvelope Envelope()
    {
        var type = Text("data.object.object");
        var id = Text("data.object.id");
        return new()
        {
            Id = (string)found["id"],
            Type = (string)found["type"],
            Created = (DateTimeOffset)found["created"],
            Livemode = (bool)found["livemode"],
            ApiVersion = Text("api_version"),
            ObjectType = type,
            ObjectId = id,
            CustomerId = type == "customer" ? id : Text("data.object.customer"),
            SubscriptionId =
                type == "subscription"
                    ? id
                    : Text("data.object.subscription") ?? Text("data.object.parent.subscription_details.subscription"),
        };
    }

    private string? Text(string path) => found.GetValueOrDefault(path) as string;
}
