using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Http;

/// <summary>
/// JSON as our endpoints speak it: snake_case, and strict on the way in. A member that is not asked for is refused, a
/// number in quotes is no number, so that nobody can slip a <c>plan_tier</c> past us.
/// </summary>
public static class BillingJson
{
    private const int BodyBytesMax = 16 * 1024;
    private const string WhatToSend = "Send a small JSON object with content type application/json.";

    internal static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // of its own, as a converter hides from the API's document what it converts
    private static readonly JsonSerializerOptions Incoming = new(Options) { Converters = { new TextConverter() } };

    /// <summary>200 with the value in snake_case.</summary>
    public static IResult Answer<T>(T value) => Results.Json(value, Options);

    internal static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>The body as a T, or <see cref="InvalidRequest"/>; at most 16 KB.</summary>
    public static async Task<Outcome<T>> ReadAsync<T>(HttpRequest request)
        where T : notnull
    {
        if (!request.HasJsonContentType() || request.ContentLength > BodyBytesMax)
        {
            return new InvalidRequest(WhatToSend);
        }

        // one byte more than there may be: a body in chunks does not say how long it is
        var body = ArrayPool<byte>.Shared.Rent(BodyBytesMax + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                body.AsMemory(0, BodyBytesMax + 1),
                BodyBytesMax + 1,
                throwOnEndOfStream: false,
                request.HttpContext.RequestAborted
            );
            return length > BodyBytesMax ? new InvalidRequest(WhatToSend)
                : JsonSerializer.Deserialize<T>(body.AsSpan(0, length), Incoming) is { } read ? read
                : new InvalidRequest("The body is null.");
        }
        catch (JsonException malformed)
        {
            // a refusal, and no more: the caller's bytes are not ours to log
            return new InvalidRequest($"The body is not what this call takes (at {malformed.Path ?? "the start"}).");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body, clearArray: true);
        }
    }
}

/// <summary>Text without a null character, which PostgreSQL keeps nowhere.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !text.Contains('\0')
            ? text
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>The request's body cannot be read.</summary>
public sealed record InvalidRequest(string What)
    : Refusal(ProblemCodes.InvalidRequest, 400, "The request is not valid.", What);
