using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Http;

/// <summary>JSON Schemas of our types, as <see cref="BillingJson"/> reads and writes them.</summary>
internal static class ApiSchemas
{
    /// <summary>What may be sent: members with a default may be left out, and others are refused.</summary>
    public static JsonNode OfRequest(Type type) => Of(type, isAnswer: false);

    /// <summary>What is answered: every member is there, null or not.</summary>
    public static JsonNode OfAnswer(Type type) => Of(type, isAnswer: true);

    private static JsonNode Of(Type type, bool isAnswer)
    {
        var schema = BillingJson.Options.GetJsonSchemaAsNode(
            type,
            new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, node) => Describe(context, node, isAnswer),
            }
        );
        return Whole(schema, schema);
    }

    // A type that comes twice is described once and pointed to from the schema's root; in a document, pointers begin
    // at the document's.
    private static JsonNode Whole(JsonNode node, JsonNode root) =>
        node switch
        {
            JsonObject schema when schema["$ref"] is { } pointer => Whole(At(root, pointer.GetValue<string>()), root),
            JsonObject schema => new JsonObject(
                schema.Select(member =>
                    KeyValuePair.Create(member.Key, member.Value is { } value ? Whole(value, root) : null)
                )
            ),
            JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Whole(item, root))]),
            _ => node.DeepClone(),
        };

    private static JsonNode At(JsonNode root, string pointer) =>
        pointer
            .Split('/')
            .Skip(1)
            .Aggregate(
                root,
                (node, step) =>
                    (node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)] : node[step])!
            );

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema, bool isAnswer)
    {
        if (schema is not JsonObject node)
        {
            return schema;
        }

        // a default says what is meant when a member is left out, and no answer leaves one out
        if (isAnswer)
        {
            node.Remove("default");
        }

        if (node["properties"] is JsonObject members)
        {
            foreach (var number in context.TypeInfo.Properties.Where(IsWholeNumber))
            {
                members[number.Name] = new JsonObject { ["type"] = "integer" };
            }

            if (isAnswer)
            {
                node["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Key))]);
            }
        }

        return node;
    }

    private static bool IsWholeNumber(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(WholeNumberAttribute), inherit: false) is true;
}

/// <summary>A number that is read by hand, so that anything else gets a refusal which says what is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : Attribute;
