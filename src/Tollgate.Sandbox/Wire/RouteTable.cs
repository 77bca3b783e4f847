namespace Tollgate.Sandbox.Wire;

/// <summary>The API URLs that are answered; any other is answered 404.</summary>
internal sealed class RouteTable(IReadOnlyList<Route> routes)
{
    /// <exception cref="StripeException">There is no such URL.</exception>
    public (Route Route, IReadOnlyList<string> Ids) Match(string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (Route, IReadOnlyList<string>)? fallback = null;
        foreach (var route in routes)
        {
            if (route.Method == method && route.Match(segments) is { } ids)
            {
                // A literal path ("create_preview") wins over one with an id in the same place.
                if (ids.Count == 0)
                {
                    return (route, ids);
                }

                fallback ??= (route, ids);
            }
        }

        return fallback ?? throw StripeException.UnknownUrl(method, path);
    }
}
