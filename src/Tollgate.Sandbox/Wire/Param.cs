using System.Globalization;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Wire;

/// <summary>One parameter that a route knows: its name and how its form text becomes a value, or is refused.</summary>
internal abstract record Param(string Name)
{
    public bool IsRequired { get; init; }

    /// <summary>What a group or an array takes inside; the one element of an array has no name.</summary>
    public virtual IReadOnlyList<Param> Inner => [];

    public Param Required() => this with { IsRequired = true };

    /// <summary>The value of a form's text; null where an empty text unsets.</summary>
    /// <param name="path">The parameter as the caller wrote it, e.g. <c>items[0][price]</c>.</param>
    public abstract JsonNode? Bind(FormNode node, string path);

    public static Param Text(string name) => new TextParam(name);

    /// <summary>A currency's code, in lower case whatever was sent.</summary>
    public static Param Currency(string name) => new CurrencyParam(name);

    public static Param Int(string name, long min = 0, long max = 99_999_999_999) => new IntParam(name, min, max);

    public static Param Decimal(string name) => new DecimalParam(name);

    public static Param Flag(string name) => new FlagParam(name);

    public static Param OneOf(string name, params string[] values) => new OneOfParam(name, values);

    public static Param Map(string name) => new MapParam(name);

    public static Param Group(string name, params Param[] members) => new GroupParam(name, members);

    /// <summary>Groups by currency.</summary>
    public static Param ByCurrency(string name, params Param[] members) =>
        new ByCurrencyParam(name, new GroupParam("", members));

    /// <summary>An array of groups.</summary>
    public static Param Each(string name, params Param[] members) => new EachParam(name, new GroupParam("", members));

    /// <summary>An array of texts.</summary>
    public static Param Texts(string name) => new EachParam(name, new TextParam(""));

    /// <summary>A timestamp, or a range of them by gt, gte, lt, lte.</summary>
    public static Param Range(string name) => new RangeParam(name);

    public static Param Address(string name) =>
        Group(name, Text("city"), Text("country"), Text("line1"), Text("line2"), Text("postal_code"), Text("state"));

    protected static string TextOf(FormNode node, string path, string kind) =>
        node.Value ?? throw StripeException.Invalid($"Invalid {kind}", path);

    private sealed record CurrencyParam(string Name) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path) =>
            (Text(Name) with { IsRequired = IsRequired }).Bind(node, path) is { } text
                ? Currencies.Read(text.GetValue<string>(), path)
                : null;
    }

    private sealed record TextParam(string Name) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            var text = TextOf(node, path, "string");
            return text.Length switch
            {
                0 when IsRequired => throw StripeException.Invalid(
                    $"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a "
                        + $"parameter; however '{path}' cannot be unset. You should remove '{path}' from your request "
                        + "or supply a non-empty value.",
                    path,
                    "parameter_invalid_empty"
                ),
                0 => null,
                > 5000 => throw StripeException.Invalid(
                    $"Invalid string: {text[..20]}...; must be at most 5000 characters",
                    path,
                    "parameter_invalid_string_too_long"
                ),
                _ => text,
            };
        }
    }

    private sealed record IntParam(string Name, long Min, long Max) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            var text = TextOf(node, path, "integer");
            if (text.Length == 0 && !IsRequired)
            {
                return null;
            }

            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                throw StripeException.Invalid($"Invalid integer: {text}", path, "parameter_invalid_integer");
            }

            return number < Min
                    ? throw StripeException.Invalid(
                        $"This value must be greater than or equal to {Min}.",
                        path,
                        "parameter_invalid_integer"
                    )
                : number > Max
                    ? throw StripeException.Invalid(
                        $"This value must be less than or equal to {Max}.",
                        path,
                        "parameter_invalid_integer"
                    )
                : number;
        }
    }

    private sealed record DecimalParam(string Name) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            var text = TextOf(node, path, "decimal");
            var style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
            return
                decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) <= 99_999_999_999m
                ? (JsonNode)number.ToString("0.############", CultureInfo.InvariantCulture)
                : throw StripeException.Invalid($"Invalid decimal: {text}", path);
        }
    }

    private sealed record FlagParam(string Name) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path) =>
            TextOf(node, path, "boolean") switch
            {
                "true" => true,
                "false" => false,
                var text => throw StripeException.Invalid($"Invalid boolean: {text}", path),
            };
    }

    private sealed record OneOfParam(string Name, string[] Values) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            var text = TextOf(node, path, "string");
            if (text.Length == 0 && !IsRequired)
            {
                return null;
            }

            return Values.Contains(text, StringComparer.Ordinal)
                ? (JsonNode)text
                : throw StripeException.Invalid(
                    $"Invalid {path}: must be one of {string.Join(", ", Values[..^1])}"
                        + (Values.Length > 1 ? $", or {Values[^1]}" : Values[^1]),
                    path
                );
        }
    }

    private sealed record MapParam(string Name) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            if (node.Value is { Length: > 0 } text)
            {
                throw StripeException.Invalid($"Invalid hash: {text}", path);
            }

            if (node.Children.Count == 0)
            {
                return null;
            }

            if (node.Children.Count > 50)
            {
                throw StripeException.Invalid("You can specify up to 50 keys.", path);
            }

            var map = new JsonObject();
            foreach (var (key, child) in node.Children)
            {
                var value = TextOf(child, $"{path}[{key}]", "string");
                if (key.Length > 40 || value.Length > 500)
                {
                    throw StripeException.Invalid(
                        "Metadata keys have up to 40 characters, values up to 500.",
                        $"{path}[{key}]"
                    );
                }

                map[key] = value.Length == 0 ? null : value;
            }

            return map;
        }
    }

    private sealed record GroupParam(string Name, Param[] Members) : Param(Name)
    {
        public override IReadOnlyList<Param> Inner => Members;

        public override JsonNode? Bind(FormNode node, string path) =>
            node switch
            {
                { Value: { Length: > 0 } text } => throw StripeException.Invalid($"Invalid object: {text}", path),
                { Children.Count: 0 } => null,
                _ => ParamBinding.Bind(node, Members, path),
            };
    }

    private sealed record ByCurrencyParam(string Name, Param Element) : Param(Name)
    {
        public override JsonNode? Bind(FormNode node, string path)
        {
            if (node.Value is { } text)
            {
                throw StripeException.Invalid($"Invalid object: {text}", path);
            }

            var groups = new JsonObject();
            foreach (var (name, child) in node.Children)
            {
                var full = $"{path}[{name}]";
                groups[Currencies.Read(name, full)] = Element.Bind(child, full);
            }

            return groups;
        }
    }

    private sealed record EachParam(string Name, Param Element) : Param(Name)
    {
        public override IReadOnlyList<Param> Inner => [Element];

        public override JsonNode? Bind(FormNode node, string path)
        {
            if (node.Value is { Length: > 0 } text)
            {
                throw StripeException.Invalid($"Invalid array: {text}", path);
            }

            var array = new JsonArray();
            foreach (var (index, child) in node.Children.OrderBy(child => IndexOf(child.Name, path)))
            {
                array.Add(Element.Bind(child, $"{path}[{index}]"));
            }

            return array;
        }

        private static int IndexOf(string name, string path) =>
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? index
                : throw StripeException.Invalid("Invalid array", path);
    }

    private sealed record RangeParam(string Name) : Param(Name)
    {
        private static readonly Param[] Bounds = [Int("gt"), Int("gte"), Int("lt"), Int("lte")];

        public override JsonNode? Bind(FormNode node, string path)
        {
            if (node.Children.Count > 0)
            {
                return ParamBinding.Bind(node, Bounds, path);
            }

            var exact = new IntParam(Name, 0, long.MaxValue).Bind(node, path);
            return new JsonObject { ["gte"] = exact?.DeepClone(), ["lte"] = exact };
        }
    }
}
