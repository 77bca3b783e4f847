using System.Globalization;
using System.Text;

namespace Tollgate.Stripe;

/// <summary>
/// Gathers parameters in Stripe's nested form encoding: <c>a[b][0][c]=d</c>. A null is not sent. Numbers and times are
/// integers, times in Unix seconds.
/// </summary>
internal readonly struct FormWriter
{
    private readonly List<KeyValuePair<string, string>> fields;
    private readonly string? prefix;

    public FormWriter()
        : this([], prefix: null) { }

    private FormWriter(List<KeyValuePair<string, string>> fields, string? prefix)
    {
        this.fields = fields;
        this.prefix = prefix;
    }

    public FormWriter At(string name) => new(fields, Name(name));

    public FormWriter At(int index) => At(index.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            fields.Add(new(Name(name), value));
        }
    }

    public void Add(string name, FormText value) => Add(name, value.Text);

    public void Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, DateTimeOffset? value) => Add(name, value?.ToUnixTimeSeconds());

    public void Add(string name, Uri? value) => Add(name, value?.AbsoluteUri);

    public void Add(string name, bool? value) =>
        Add(
            name,
            value switch
            {
                true => "true",
                false => "false",
                null => null,
            }
        );

    /// <summary>An empty list is sent as Stripe spells it, <c>name=</c>, which empties the one that is there.</summary>
    public void Add(string name, IReadOnlyList<string>? values)
    {
        if (values is { Count: 0 })
        {
            Add(name, string.Empty);
        }

        var list = At(name);
        for (var i = 0; i < values?.Count; i++)
        {
            list.Add(i.ToString(CultureInfo.InvariantCulture), values[i]);
        }
    }

    /// <summary>Metadata: keys that are not named stay as they are, an empty value takes its key away.</summary>
    public void Add(string name, IReadOnlyDictionary<string, string>? values)
    {
        var map = At(name);
        foreach (var (key, value) in values ?? new Dictionary<string, string>())
        {
            map.Add(key, value);
        }
    }

    /// <summary><c>application/x-www-form-urlencoded</c>, for a body as for a query.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Encode(name)).Append('=').Append(Encode(value));
        }

        return text.ToString();
    }

    private static string Encode(string text) =>
        Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private string Name(string name) => prefix is null ? name : $"{prefix}[{name}]";
}
