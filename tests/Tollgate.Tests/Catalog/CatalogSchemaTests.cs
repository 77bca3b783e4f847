using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

/// <summary>The published schema is what the file's reader reads, no more and no less.</summary>
public sealed class CatalogSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(CatalogFile.Schema)!;

    /// <summary>Types of the file, by their names in the schema.</summary>
    private static readonly Dictionary<Type, string?> Documents = new()
    {
        [typeof(CatalogDocument)] = null,
        [typeof(PlanDocument)] = "plan",
        [typeof(PriceDocument)] = "price",
        [typeof(AmountDocument)] = "amount",
        [typeof(TrialDocument)] = "trial",
        [typeof(MeterDocument)] = "meter",
        [typeof(NounDocument)] = "noun",
        [typeof(WordsDocument)] = "words",
        [typeof(SeatsDocument)] = "seats",
        [typeof(AddOnDocument)] = "add_on",
        [typeof(CheckoutDocument)] = "checkout",
        [typeof(RefundsAndDisputesDocument)] = "refunds_and_disputes",
    };

    [Fact]
    public void The_schema_names_the_members_that_are_read_and_no_others()
    {
        foreach (var (type, name) in Documents)
        {
            Assert.Equal(
                type.GetProperties().Select(MemberName).Order(StringComparer.Ordinal),
                Definition(name)["properties"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void Every_object_of_the_schema_is_read_and_refuses_other_members()
    {
        var objects = Schema["definitions"]!
            .AsObject()
            .Where(one => one.Value!["properties"] is not null)
            .Select(one => one.Key);

        Assert.Equal(Documents.Values.OfType<string>().Order(), objects.Order());
        Assert.All(Documents.Values, name => Assert.False((bool)Definition(name)["additionalProperties"]!));
    }

    [Fact]
    public void Every_member_of_the_schema_says_what_it_means()
    {
        var members = Documents.Values.SelectMany(name => Definition(name)["properties"]!.AsObject());

        Assert.All(members, member => Assert.True(member.Value!["description"] is not null, member.Key));
    }

    [Fact]
    public void Every_value_of_the_enumerations_is_in_the_schema()
    {
        foreach (var (type, name) in Documents)
        {
            foreach (var property in type.GetProperties())
            {
                var of = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                if (of.IsEnum)
                {
                    var allowed = Definition(name)["properties"]![MemberName(property)]!["enum"]!;
                    Assert.Equal(
                        Enum.GetNames(of).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
                        allowed.AsArray().Select(value => (string)value!)
                    );
                }
            }
        }
    }

    [Fact]
    public void The_defaults_of_the_schema_are_those_of_a_catalog()
    {
        var written = JsonNode.Parse(CatalogFile.Write(SomeFile.Read(WithDefaults())))!;

        Assert.Equal(
            ["product", "plans", "meters", "seats", "refunds_and_disputes"],
            written.AsObject().Select(member => member.Key)
        );
        Assert.Empty(written["seats"]!.AsObject());
        Assert.Equal(["days"], written["plans"]![1]!["trial"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["id", "name"], written["meters"]![0]!.AsObject().Select(member => member.Key));
    }

    /// <summary>The small catalog, and every default of the schema said in it.</summary>
    private static string WithDefaults()
    {
        var file = JsonNode.Parse(SomeFile.Small)!.AsObject();
        SayDefaults(file, name: null);
        foreach (var name in (string[])["seats", "checkout", "refunds_and_disputes"])
        {
            SayDefaults((file[name] = new JsonObject()).AsObject(), name);
        }

        var trial = (file["plans"]![1]!["trial"] = new JsonObject { ["days"] = 14 }).AsObject();
        SayDefaults(trial, "trial");
        SayDefaults(file["plans"]![1]!.AsObject(), "plan");
        var meter = new JsonObject { ["id"] = "run", ["name"] = "Runs" };
        SayDefaults(meter, "meter");
        file["meters"] = new JsonArray(meter);
        return file.ToJsonString();
    }

    private static void SayDefaults(JsonObject target, string? name)
    {
        foreach (var (member, schema) in Definition(name)["properties"]!.AsObject())
        {
            if (schema!["default"] is { } value)
            {
                target[member] = value.DeepClone();
            }
        }
    }

    private static JsonNode Definition(string? name) => name is null ? Schema : Schema["definitions"]![name]!;

    private static string MemberName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
