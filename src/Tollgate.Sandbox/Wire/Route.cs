using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>What a route's code works with: the transaction, the typed input, and the ids of the path.</summary>
internal sealed record Call(Transaction Tx, JsonObject Input, IReadOnlyList<string> Ids, string BaseUrl, string Path)
{
    public string Id => Ids[0];
}

/// <summary>
/// A route's outcome, written as JSON. An error answer keeps the changes (a declined charge happened).
/// </summary>
internal sealed record Answer(int Status, JsonObject Body)
{
    public static Answer Ok(JsonObject body) => new(200, body);

    public static Answer Refused(StripeException refusal) => new(refusal.Status, refusal.ToJson());
}

/// <summary>A URL that the Sandbox answers.</summary>
/// <param name="Pattern">Path with <c>{id}</c> for each id, e.g. <c>/v1/customers/{id}</c>.</param>
internal sealed record Route(string Method, string Pattern, Func<Call, Answer> Handle, params Param[] Parameters)
{
    /// <summary>What every list takes.</summary>
    public static readonly Param[] Paging =
    [
        Param.Int("limit", min: 1, max: 100),
        Param.Text("starting_after"),
        Param.Text("ending_before"),
    ];

    private readonly string[] segments = Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The parameters, and <c>expand</c>, which every route takes.</summary>
    public IReadOnlyList<Param> Known { get; } = [.. Parameters, Param.Texts("expand")];

    public static Route Get(string pattern, Func<Call, Answer> handle, params Param[] parameters) =>
        new("GET", pattern, handle, parameters);

    public static Route Post(string pattern, Func<Call, Answer> handle, params Param[] parameters) =>
        new("POST", pattern, handle, parameters);

    public static Route Delete(string pattern, Func<Call, Answer> handle, params Param[] parameters) =>
        new("DELETE", pattern, handle, parameters);

    public static Route List(string pattern, Func<Call, Answer> handle, params Param[] parameters) =>
        new("GET", pattern, handle, [.. parameters, .. Paging]);

    /// <summary>The ids of the path, or null if it is another path.</summary>
    public IReadOnlyList<string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != segments.Length)
        {
            return null;
        }

        var ids = new List<string>(1);
        for (var index = 0; index < segments.Length; index++)
        {
            if (segments[index][0] == '{')
            {
                ids.Add(path[index]);
            }
            else if (segments[index] != path[index])
            {
                return null;
            }
        }

        return ids;
    }
}
