using System.Text;
using System.Text.Json;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// What is wrong with an answer that the SDK did not read, or of which it did not say that something was missing. Its
/// own exception names no member and quotes the whole body.
/// </summary>
internal static class Misread
{
    /// <summary>Names the outermost member that does not fit; quotes no value.</summary>
    public static StripeShapeException By<T>(string content)
    {
        if (content.Length == 0)
        {
            return new("$", "no JSON object");
        }

        using var document = JsonDocument.Parse(content);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            try
            {
                var alone = $$"""{ {{JsonSerializer.Serialize(member.Name)}}: {{member.Value.GetRawText()}} }""";
                JsonSerializer.Deserialize<T>(alone, Sdk.StripeConfiguration.SerializerOptions);
            }
            catch (JsonException)
            {
                // this is the one; the SDK's text may quote it
                return new($"$.{member.Name}", $"{member.Value.ValueKind} where {typeof(T).Name} has another type");
            }
        }

        return new("$", $"no {typeof(T).Name}");
    }

    /// <summary>A page that does not say whether there is more would be taken for the last one.</summary>
    /// <exception cref="StripeShapeException">A member of a list is not there.</exception>
    public static void Check<T>(Sdk.StripeList<T> page)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(page.StripeResponse.Content));
        reader.Read();
        var saysMore = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            saysMore |= reader.ValueTextEquals("has_more"u8);
            reader.Skip();
        }

        if (page.Data is null || !saysMore)
        {
            throw new StripeShapeException("$", $"{(saysMore ? "data" : "has_more")} is not there");
        }
    }
}
