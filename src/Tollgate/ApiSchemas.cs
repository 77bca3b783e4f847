using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Tollgate;

/// <summary>JSON Schemas of our types, as <see cref="BillingJson"/> reads and writes them.</summary>
internal static class ApiSchemas
{
    private const string Properties = "properties";

    /// <summary>What may be sent: members with a default may be left out, and others are refused.</summary>
    public static JsonNode OfRequest(Type type) => Of(type, isAnswer: false);

    /// <summary>What is answered: every member is there, null or not.</summary>
    public static JsonNode OfAnswer(Type type) => Of(type, isAnswer: true);

    private static JsonNode Of(Type type, bool isAnswer) =>
        BillingJson.Options.GetJsonSchemaAsNode(
            type,
            new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, schema) => Told(context, schema, isAnswer),
            }
        );

    private static JsonNode Told(JsonSchemaExporterContext context, JsonNode schema, bool isAnswer)
    {
        if (context.PropertyInfo?.AttributeProvider?.IsDefined(typeof(WholeNumberAttribute), inherit: false) is true)
        {
            return new JsonObject { ["type"] = "integer" };
        }

        // a default says what is meant when a member is left out, and no answer leaves one out
        if (isAnswer && schema is JsonObject answer)
        {
            answer.Remove("default");
            if (answer[Properties] is JsonObject members)
            {
                answer["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Key))]);
            }
        }

        return schema;
    }
}

/// <summary>A number that is read by hand, so that anything else gets a refusal which says what is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : Attribute;
