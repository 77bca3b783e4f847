namespace Tollgate.Stripe;

/// <summary>
/// The paths of Stripe's API: <c>/v1/[group/]resource[/{id}[/action or list[/{id}]]]</c>. Metrics and logs name them
/// with placeholders, so that no id is in a log and the number of names stays small, whatever a host calls.
/// </summary>
internal static class StripePath
{
    private static readonly HashSet<string> Groups =
    [
        .. (
            "apps billing billing_portal checkout climate entitlements financial_connections forwarding identity "
            + "issuing radar reporting sigma tax terminal test_helpers treasury"
        ).Split(' '),
    ];

    // of a resource as a whole, where an id would stand
    private static readonly HashSet<string> Actions = ["create_preview", "search"];

    public static string TemplateOf(Uri uri)
    {
        var parts = uri.AbsolutePath.Split('/');
        var first = Array.FindIndex(parts, part => part is "v1" or "v2") + 1;
        var resource = first < parts.Length && Groups.Contains(parts[first]) ? first + 1 : first;
        for (var i = resource + 1; i < parts.Length; i += 2)
        {
            if (!Actions.Contains(parts[i]))
            {
                parts[i] = "{id}";
            }
        }

        return string.Join('/', parts[Math.Max(first - 1, 0)..].Prepend(""));
    }
}
