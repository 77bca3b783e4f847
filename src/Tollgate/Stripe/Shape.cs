using System.Text.Json;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// An object of Stripe's as it came over the wire, beside what the SDK made of it: the SDK gives null, 0, false or the
/// year 1970 for a member that was not there, and such a value would be taken for a fact. A mapper first names the
/// members that it relies on.
/// </summary>
/// <param name="path">JSON path, for the exception.</param>
internal sealed class Shape(JsonElement json, string path)
{
    public static Shape Of(Sdk.StripeEntity? entity, string path = "$") => ObjectAt(path, entity?.RawJsonElement);

    public JsonElement Json => json;

    /// <summary>There, and not null.</summary>
    /// <param name="members">Names with a space between.</param>
    /// <exception cref="StripeShapeException">One is not.</exception>
    public Shape Needs(string members) => Check(members, mayBeNull: false);

    /// <summary>There, as null if need be: under the pinned version Stripe sends it.</summary>
    /// <param name="members">Names with a space between.</param>
    /// <exception cref="StripeShapeException">One is not.</exception>
    public Shape Names(string members) => Check(members, mayBeNull: true);

    public bool Has(string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string member) =>
        Member(member) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Unlike(member);

    public bool Flag(string member) =>
        Member(member) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag
            ? flag.GetBoolean()
            : throw Unlike(member);

    public DateTimeOffset Time(string member) =>
        Member(member) is { ValueKind: JsonValueKind.Number } time
        && time.TryGetInt64(out var seconds)
        && UnixTime.IsInRange(seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw Unlike(member);

    /// <exception cref="StripeShapeException">It is not there, or no object.</exception>
    public Shape At(string member) =>
        json.TryGetProperty(member, out var value)
            ? ObjectAt($"{path}.{member}", value)
            : throw new StripeShapeException(path, $"{member} is not there");

    /// <summary>Of a list that Stripe embeds in the object: all elements, or no fact.</summary>
    /// <exception cref="StripeShapeException">There are more than came.</exception>
    public IReadOnlyList<TFact> Each<T, TFact>(string member, Sdk.StripeList<T> list, Func<T, Shape, TFact> read)
        where T : Sdk.StripeEntity
    {
        var at = At(member).Needs("data has_more");
        if (list.HasMore)
        {
            throw new StripeShapeException($"{path}.{member}", "a part of a list where all of it is needed");
        }

        // where the rest was read since, no element stands in this object any more
        return at.Json.GetProperty("has_more").GetBoolean()
            ? [.. list.Data.Select((one, i) => read(one, Of(one, $"{path}.{member}.data[{i}]")))]
            : at.Each("data", list.Data, read);
    }

    /// <summary>Of an array; none where there is no array.</summary>
    public IReadOnlyList<TFact> Each<T, TFact>(string member, List<T>? elements, Func<T, Shape, TFact> read)
        where T : Sdk.StripeEntity =>
        elements is null or { Count: 0 }
            ? []
            :
            [
                .. json.GetProperty(member)
                    .EnumerateArray()
                    .Zip(elements)
                    .Select((pair, i) => read(pair.Second, ObjectAt($"{path}.{member}[{i}]", pair.First))),
            ];

    private static Shape ObjectAt(string path, JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } it
            ? new(it, path)
            : throw new StripeShapeException(path, "no object");

    private Shape Check(ReadOnlySpan<char> members, bool mayBeNull)
    {
        foreach (var range in members.Split(' '))
        {
            var isThere = json.TryGetProperty(members[range], out var value);
            if (!isThere || (!mayBeNull && value.ValueKind == JsonValueKind.Null))
            {
                throw new StripeShapeException(path, $"{members[range]} is {(isThere ? "null" : "not there")}");
            }
        }

        return this;
    }

    private JsonElement Member(string member) => json.TryGetProperty(member, out var value) ? value : default;

    private StripeShapeException Unlike(string member) => new($"{path}.{member}", "another type than Stripe's");
}

/// <summary>Times on the wire are whole Unix seconds, UTC.</summary>
internal static class UnixTime
{
    private const long FirstSecond = -62_135_596_800; // year 1
    private const long LastSecond = 253_402_300_799; // year 9999

    public static bool IsInRange(long seconds) => seconds is >= FirstSecond and <= LastSecond;
}

/// <summary>Between the SDK's types and ours.</summary>
internal static class SdkValues
{
    /// <summary>The SDK's times are UTC.</summary>
    public static DateTimeOffset Utc(this DateTime time) => new(time, TimeSpan.Zero);

    public static DateTimeOffset? Utc(this DateTime? time) => time is { } known ? known.Utc() : null;

    /// <summary>
    /// Sets a parameter only where there is a value: to the SDK a null that is assigned means "take it away" for some,
    /// and it sends <c>metadata=</c>.
    /// </summary>
    public static TOptions Given<TOptions, T>(this TOptions options, T? value, Action<TOptions, T> set)
        where TOptions : Sdk.INestedOptions
    {
        if (value is not null)
        {
            set(options, value);
        }

        return options;
    }

    /// <summary>Keys that are not named stay as they are, an empty value takes its key away.</summary>
    public static TOptions WithMetadata<TOptions>(this TOptions options, IReadOnlyDictionary<string, string>? metadata)
        where TOptions : Sdk.INestedOptions, Sdk.IHasMetadata =>
        options.Given(metadata, (its, given) => its.Metadata = new Dictionary<string, string>(given));
}
