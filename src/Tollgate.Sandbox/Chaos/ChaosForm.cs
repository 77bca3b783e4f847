using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Chaos;

/// <summary>Rules and scripts as the API takes and shows them.</summary>
internal static class ChaosForm
{
    public static readonly Param[] Rule =
    [
        Param.OneOf("fault", [.. FaultKinds.All.Select(fault => fault.Name())]).Required(),
        Param.Texts("event_types"),
        Param.OneOf("method", "GET", "POST", "DELETE"),
        Param.Text("path"),
        Param.Text("customer"),
        Param.Decimal("probability"),
        Param.Int("times", min: 1, max: int.MaxValue),
        Param.Int("seconds", max: 3660L * 86_400),
        Param.Int("window", min: 2, max: 1000),
        Param.Text("api_version"),
    ];

    public static readonly Param[] Reset = [Param.Int("seed", long.MinValue, long.MaxValue)];

    public static readonly Param[] Script = [Param.Text("target").Required(), Param.Texts("outcomes").Required()];

    public static ChaosRule ToRule(JsonObject input)
    {
        var standard = new ChaosRule(FaultKinds.ByName(input.Text("fault")));
        var rule = standard with
        {
            EventTypes = [.. Given(input, "event_types")],
            Method = input.TextOrNull("method"),
            Path = input.TextOrNull("path"),
            Customer = input.TextOrNull("customer"),
            Probability = input.TextOrNull("probability") is { } text
                ? double.Parse(text, CultureInfo.InvariantCulture)
                : standard.Probability,
            Times = (int?)input.IntOrNull("times"),
            By = input.IntOrNull("seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Window = (int?)input.IntOrNull("window") ?? standard.Window,
            ApiVersion = input.TextOrNull("api_version") ?? standard.ApiVersion,
        };
        return rule.Objection() is { } objection
            ? throw StripeException.Invalid(objection.Message, objection.Parameter)
            : rule;
    }

    public static IReadOnlyList<CardOutcome> ToOutcomes(JsonObject input)
    {
        try
        {
            return [.. Given(input, "outcomes").Select(CardOutcome.Of)];
        }
        catch (ArgumentException unknown)
        {
            throw StripeException.Invalid(unknown.Message, "outcomes");
        }
    }

    public static JsonObject State(ChaosRules chaos, CardScripts scripts) =>
        new()
        {
            ["seed"] = chaos.Seed,
            ["rules"] = chaos.Rules.Select(rule => Describe(rule, chaos.Struck(rule.Id))).ToJson(),
            ["counts"] = new JsonObject(
                FaultKinds
                    .All.Where(fault => chaos.Count(fault) > 0)
                    .Select(fault => KeyValuePair.Create(fault.Name(), (JsonNode?)chaos.Count(fault)))
            ),
            ["injected"] = chaos.Injected.Select(Describe).ToJson(),
            ["cards"] = scripts.Targets.Select(target => Describe(target, scripts.Waiting(target))).ToJson(),
        };

    public static JsonObject Describe(ChaosRule rule, int struck) =>
        new()
        {
            ["id"] = rule.Id,
            ["fault"] = rule.Fault.Name(),
            ["event_types"] = rule.EventTypes.ToJson(),
            ["method"] = rule.Method,
            ["path"] = rule.Path,
            ["customer"] = rule.Customer,
            ["probability"] = rule.Probability,
            ["times"] = rule.Times,
            ["seconds"] = rule.Fault.TakesSpan() ? rule.SpanSeconds : null,
            ["window"] = rule.Fault == Fault.Reorder ? rule.Window : null,
            ["api_version"] = rule.Fault == Fault.OtherVersion ? rule.ApiVersion : null,
            ["struck"] = struck,
        };

    public static JsonObject Describe(string target, IReadOnlyList<CardOutcome> waiting) =>
        new() { ["target"] = target, ["outcomes"] = waiting.Select(outcome => outcome.Name).ToJson() };

    private static JsonObject Describe(InjectedFault injected) =>
        new()
        {
            ["rule"] = injected.Rule,
            ["fault"] = injected.Fault.Name(),
            ["what"] = injected.What,
            ["id"] = injected.Id,
            ["at"] = injected.At.ToUnixTimeSeconds(),
        };

    /// <summary>The texts of a list; a page's empty field is none.</summary>
    private static IEnumerable<string> Given(JsonObject input, string name) =>
        input[name] is JsonArray ? input.Texts(name) : [];
}
