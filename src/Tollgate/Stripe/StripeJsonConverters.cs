using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Stripe;

/// <summary>Times are whole Unix seconds, UTC.</summary>
internal sealed class UnixTimeConverter : JsonConverter<DateTimeOffset>
{
    private const long FirstSecond = -62_135_596_800; // year 1
    private const long LastSecond = 253_402_300_799; // year 9999

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) && IsInRange(seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new JsonException("Not a time in Unix seconds.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeSeconds());

    public static bool IsInRange(long seconds) => seconds is >= FirstSecond and <= LastSecond;
}

/// <summary>A member that holds an id or, expanded, the object: of either the id is read.</summary>
internal readonly record struct ExpandableId(string Id);

internal sealed class ExpandableIdConverter : JsonConverter<ExpandableId>
{
    public override ExpandableId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Neither an id nor an object.");
        }

        string? id = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                id = reader.GetString();
            }

            reader.Skip();
        }

        return id is null ? throw new JsonException("An expanded object without id.") : new(id);
    }

    public override void Write(Utf8JsonWriter writer, ExpandableId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Id);
}

/// <summary>An invoice by its id, or expanded.</summary>
internal readonly record struct ExpandableInvoice(string Id, InvoiceWire? Invoice);

internal sealed class ExpandableInvoiceConverter : JsonConverter<ExpandableInvoice>
{
    public override ExpandableInvoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(reader.GetString()!, Invoice: null);
        }

        try
        {
            var invoice = JsonSerializer.Deserialize(ref reader, StripeJson.Default.InvoiceWire);
            return invoice is null
                ? throw new JsonException("Neither an id nor an invoice.")
                : new(invoice.Id, invoice);
        }
        catch (JsonException cause) when (cause.Path is { } path)
        {
            // the path starts anew at the expanded object; say where that stands
            throw new JsonException(cause.Message, $"$.latest_invoice{path.AsSpan(1)}", cause.LineNumber, null, cause);
        }
    }

    public override void Write(Utf8JsonWriter writer, ExpandableInvoice value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Id);
}
