using System.Text;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// A form's nested values: <c>items[0][price]=x</c> is items -> 0 -> price -> "x". Keeps the order given.
/// </summary>
internal sealed class FormNode
{
    private const int MaxDepth = 12;
    private readonly List<(string Name, FormNode Node)> children = [];

    /// <summary>The text at this place, or null where the place holds children only.</summary>
    public string? Value { get; private set; }

    public IReadOnlyList<(string Name, FormNode Node)> Children => children;

    public static FormNode Parse(params ReadOnlySpan<string?> forms)
    {
        var root = new FormNode();
        foreach (var form in forms)
        {
            foreach (var pair in (form ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var split = pair.IndexOf('=', StringComparison.Ordinal);
                var name = Decode(split < 0 ? pair : pair[..split]);
                root.Set(Segments(name), split < 0 ? "" : Decode(pair[(split + 1)..]));
            }
        }

        return root;
    }

    /// <summary>
    /// One text for equal values whatever the order of the keys (the official CLI sends a random one).
    /// </summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static IReadOnlyList<string> Segments(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || !name.EndsWith(']'))
        {
            return [name];
        }

        var inner = name[(open + 1)..^1].Split("][");
        return inner.Length < MaxDepth ? [name[..open], .. inner] : [name];
    }

    private void Set(IReadOnlyList<string> segments, string value)
    {
        var node = this;
        foreach (var segment in segments)
        {
            node = node.ChildAt(segment);
        }

        node.Value = value;
    }

    private FormNode ChildAt(string segment)
    {
        // "[]" appends; an index or a name is found again.
        var name = segment.Length == 0 ? children.Count.ToString(provider: null) : segment;
        foreach (var (existing, node) in children)
        {
            if (segment.Length > 0 && existing == name)
            {
                return node;
            }
        }

        var added = new FormNode();
        children.Add((name, added));
        return added;
    }

    private void Write(StringBuilder text)
    {
        text.Append('"').Append(Value?.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').Append('{');
        foreach (var (name, node) in children.OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            text.Append('"').Append(name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\":");
            node.Write(text);
        }

        text.Append('}');
    }
}
