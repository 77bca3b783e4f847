// One recursive check of one file of shapes: parts of it alone mean nothing, so it stands whole.
using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>
/// The field-exact shapes of Stripe's objects, from the type declarations of Stripe's own SDK. Read from
/// <c>../shared/stripe/schema-objects.json</c> beside the repository.
/// </summary>
internal sealed class StripeSchema
{
    private static readonly Lazy<StripeSchema?> Loaded = new(Load);
    private readonly Dictionary<string, JsonElement> byObject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> byName = new(StringComparer.Ordinal);

    private StripeSchema(JsonElement objects)
    {
        foreach (var named in objects.EnumerateObject())
        {
            byName[named.Name] = named.Value;
            // References leave out the namespace: "Entitlements.ActiveEntitlement" is called "ActiveEntitlement".
            byName.TryAdd(named.Name.Split('.')[^1], named.Value);
            byObject[named.Value.GetProperty("object").GetProperty("const").GetString()!] = named.Value;
        }
    }

    /// <summary>Null where the file is absent.</summary>
    public static StripeSchema? OfRecord => Loaded.Value;

    public static string Path { get; } = FindPath();

    /// <summary>Everything in an answer or an event that Stripe's shapes do not have, or have otherwise.</summary>
    public IReadOnlyList<string> FaultsOf(JsonElement body)
    {
        var faults = new List<string>();
        CheckNamed(body, "", faults);
        return faults;
    }

    private static string FindPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Tollgate.slnx")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.GetFullPath(
            System.IO.Path.Combine(folder?.FullName ?? ".", "../shared/stripe/schema-objects.json")
        );
    }

    private static StripeSchema? Load()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        using var file = File.OpenRead(Path);
        using var document = JsonDocument.Parse(file);
        return new StripeSchema(document.RootElement.GetProperty("objects").Clone());
    }

    private void CheckNamed(JsonElement value, string path, List<string> faults)
    {
        if (value.TryGetProperty("error", out var error))
        {
            CheckError(error, faults);
            return;
        }

        var kind = value.GetProperty("object").GetString()!;
        if (value.TryGetProperty("deleted", out var deleted) && deleted.GetBoolean())
        {
            return;
        }

        switch (kind)
        {
            case "list":
                CheckList(value, path, faults, element => CheckNamed(element, path + "[]", faults));
                break;
            case "event":
                CheckEvent(value, path, faults);
                break;
            default:
                if (byObject.TryGetValue(kind, out var fields))
                {
                    CheckFields(value, fields, $"{path}({kind})", faults);
                }
                else if (OtherShapes.FaultOf(kind, value, path) is { } fault)
                {
                    faults.Add(fault);
                }
                else if (kind == "search_result")
                {
                    foreach (var found in value.GetProperty("data").EnumerateArray())
                    {
                        CheckNamed(found, path + "[]", faults);
                    }
                }

                break;
        }
    }

    private void CheckError(JsonElement error, List<string> faults)
    {
        string[] known =
        [
            "charge",
            "code",
            "decline_code",
            "doc_url",
            "message",
            "param",
            "payment_intent",
            "setup_intent",
            "type",
        ];
        faults.AddRange(
            error
                .EnumerateObject()
                .Where(member => !known.Contains(member.Name))
                .Select(member => $"error.{member.Name}")
        );
        if (!error.TryGetProperty("type", out _) || !error.TryGetProperty("message", out _))
        {
            faults.Add("error without type or message");
        }

        if (error.TryGetProperty("payment_intent", out var intent))
        {
            CheckNamed(intent, "error.payment_intent", faults);
        }

        if (error.TryGetProperty("setup_intent", out var setup))
        {
            CheckNamed(setup, "error.setup_intent", faults);
        }
    }

    private void CheckEvent(JsonElement value, string path, List<string> faults)
    {
        string[] members =
        [
            "api_version",
            "created",
            "data",
            "id",
            "livemode",
            "object",
            "pending_webhooks",
            "request",
            "type",
        ];
        var actual = value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
        if (!actual.SequenceEqual(members.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            faults.Add($"{path}(event): members are {string.Join(' ', actual)}");
        }

        var shown = new List<string>();
        CheckNamed(value.GetProperty("data").GetProperty("object"), $"{path}(event).data.object", shown);
        // An invoice that is not there yet is the one object without an id.
        var isUpcoming = value.GetProperty("type").GetString() == "invoice.upcoming";
        if (isUpcoming && !shown.Remove($"{path}(event).data.object(invoice).id: missing"))
        {
            shown.Add($"{path}(event).data.object(invoice).id: extra");
        }

        faults.AddRange(shown);
    }

    private static void CheckList(JsonElement value, string path, List<string> faults, Action<JsonElement> check)
    {
        var actual = value.EnumerateObject().Select(member => member.Name);
        if (!actual.Order(StringComparer.Ordinal).SequenceEqual(["data", "has_more", "object", "url"]))
        {
            faults.Add($"{path}: a list has data, has_more, object and url");
            return;
        }

        foreach (var element in value.GetProperty("data").EnumerateArray())
        {
            check(element);
        }
    }

    private void CheckFields(JsonElement value, JsonElement fields, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path}: {value.ValueKind} instead of an object");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (fields.TryGetProperty(member.Name, out var shape))
            {
                Check(member.Value, shape, $"{path}.{member.Name}", faults);
            }
            else
            {
                faults.Add($"{path}.{member.Name}: extra");
            }
        }

        foreach (var field in fields.EnumerateObject())
        {
            if (!Is(field.Value, "optional") && !value.TryGetProperty(field.Name, out _))
            {
                faults.Add($"{path}.{field.Name}: missing");
            }
        }
    }

    private void Check(JsonElement value, JsonElement shape, string path, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!Is(shape, "nullable"))
            {
                faults.Add($"{path}: null");
            }
        }
        else if (shape.TryGetProperty("const", out var constant))
        {
            Expect(JsonElement.DeepEquals(constant, value), $"{path}: {value} instead of {constant}", faults);
        }
        else if (shape.TryGetProperty("enum", out var values))
        {
            var isNamed = values.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value));
            Expect(isNamed || PassesAny(value, shape), $"{path}: {value} is not among {values}", faults);
        }
        else if (shape.TryGetProperty("array", out var element))
        {
            CheckArray(value, element, path, faults);
        }
        else if (shape.TryGetProperty("list", out var listed))
        {
            CheckList(value, path, faults, member => CheckReference(member, listed.GetString()!, $"{path}[]", faults));
        }
        else if (shape.TryGetProperty("map", out var mapped))
        {
            foreach (var member in value.EnumerateObject())
            {
                Check(member.Value, mapped, $"{path}.{member.Name}", faults);
            }
        }
        else if (shape.TryGetProperty("fields", out var fields))
        {
            CheckFields(value, fields, path, faults);
        }
        else if (shape.TryGetProperty("ref", out var reference))
        {
            CheckReference(value, reference.GetString()!, path, faults);
        }
        else if (shape.TryGetProperty("anyOf", out _))
        {
            CheckAny(value, shape, path, faults);
        }
        else
        {
            CheckType(value, shape.GetProperty("type").GetString()!, path, faults);
        }
    }

    private void CheckArray(JsonElement value, JsonElement element, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add($"{path}: {value.ValueKind} instead of an array");
            return;
        }

        foreach (var member in value.EnumerateArray())
        {
            Check(member, element, $"{path}[]", faults);
        }
    }

    private void CheckReference(JsonElement value, string name, string path, List<string> faults)
    {
        if (name == "Decimal")
        {
            Expect(value.ValueKind == JsonValueKind.String, $"{path}: a decimal is a string", faults);
        }
        else if (byName.TryGetValue(name, out var fields))
        {
            CheckFields(value, fields, path, faults);
        }
        else if (name == "TaxId")
        {
            CheckNamed(value, path, faults);
        }
        else
        {
            faults.Add($"{path}: the Sandbox should have no {name}");
        }
    }

    private void CheckAny(JsonElement value, JsonElement shape, string path, List<string> faults)
    {
        if (PassesAny(value, shape))
        {
            return;
        }

        // An object that stands for its id has the shape of its kind.
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("object", out _))
        {
            CheckNamed(value, path, faults);
        }
        else
        {
            faults.Add($"{path}: {value.ValueKind} is none of the alternatives");
        }
    }

    private bool PassesAny(JsonElement value, JsonElement shape)
    {
        if (!shape.TryGetProperty("anyOf", out var alternatives))
        {
            return false;
        }

        foreach (var alternative in alternatives.EnumerateArray())
        {
            var faults = new List<string>();
            Check(value, alternative, "", faults);
            if (faults.Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckType(JsonElement value, string type, string path, List<string> faults)
    {
        var holds = type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "unknown" => true,
            _ => false,
        };
        Expect(holds, $"{path}: {value.ValueKind} instead of {type}", faults);
    }

    private static bool Is(JsonElement shape, string mark) =>
        shape.TryGetProperty(mark, out var set) && set.GetBoolean();

    private static void Expect(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
