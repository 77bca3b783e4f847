using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Chaos;

/// <summary>A thing that a rule may fit: a new event, a new delivery, or a request.</summary>
/// <param name="What">The event's type, or the request's method and path.</param>
internal sealed record ChaosSubject(FaultStage Stage, string What, string Id)
{
    public string? Method { get; private init; }

    public string? Path { get; private init; }

    public IReadOnlyList<string?> Customers { get; private init; } = [];

    /// <param name="stage">The event itself, or its delivery.</param>
    public static ChaosSubject OfEvent(FaultStage stage, JsonObject recorded)
    {
        var about = recorded.Child("data").Child("object");
        var customer = about.TextOrNull("object") == "customer" ? about.Id() : about.TextOrNull("customer");
        return new ChaosSubject(stage, recorded.Text("type"), recorded.Id()) { Customers = [customer] };
    }

    public static ChaosSubject OfRequest(ApiRequest request) =>
        new(FaultStage.Request, $"{request.Method} {request.Path}", request.Id)
        {
            Method = request.Method,
            Path = request.Path,
            Customers =
            [
                .. request.Path.Split('/'),
                .. request.Form.Children.Where(child => child.Name == "customer").Select(child => child.Node.Value),
            ],
        };

    public bool Fits(ChaosRule rule) =>
        rule.Fault.Stage() == Stage
        && (rule.Customer is null || Customers.Contains(rule.Customer, StringComparer.Ordinal))
        && (Stage == FaultStage.Request ? FitsRequest(rule) : FitsEvent(rule));

    private bool FitsRequest(ChaosRule rule) =>
        (rule.Method is null || rule.Method == Method)
        && (rule.Path is null || IsLike(Path!, rule.Path))
        && (rule.Fault != Fault.StaleRead || Method == "GET");

    private bool FitsEvent(ChaosRule rule) =>
        rule.EventTypes.Count == 0 || rule.EventTypes.Any(pattern => IsLike(What, pattern));

    /// <summary>The pattern's pieces between its stars, each found after the one before.</summary>
    private static bool IsLike(string text, string pattern)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
        {
            return text == pattern;
        }

        if (!text.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        var place = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = text.IndexOf(piece, place, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            place = found + piece.Length;
        }

        return text.Length - place >= pieces[^1].Length && text.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}
