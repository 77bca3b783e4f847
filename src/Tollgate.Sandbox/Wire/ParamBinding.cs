using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Wire;

/// <summary>Turns a form into the typed input of a route; what the route does not know is refused by name.</summary>
internal static class ParamBinding
{
    public static JsonObject Bind(FormNode node, IReadOnlyList<Param> known, string path = "")
    {
        var input = new JsonObject();
        foreach (var (name, child) in node.Children)
        {
            var full = Full(path, name);
            var param =
                known.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw StripeException.Invalid($"Received unknown parameter: {full}", full, "parameter_unknown");
            input[name] = param.Bind(child, full);
        }

        foreach (var param in known)
        {
            if (param.IsRequired && input[param.Name] is null)
            {
                var full = Full(path, param.Name);
                throw StripeException.Invalid($"Missing required param: {full}.", full, "parameter_missing");
            }
        }

        return input;
    }

    private static string Full(string path, string name) => path.Length == 0 ? name : $"{path}[{name}]";
}
