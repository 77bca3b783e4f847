using System.Globalization;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Payments;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>What can be made to fail, what is set to fail, and what did.</summary>
internal static class ChaosPage
{
    private const int InjectedShown = 50;

    public static string Html(ChaosRules chaos, CardScripts scripts, string nonce) =>
        PageLayout.Html(
            "Chaos",
            $"""
            <main class="board">
              <header class="stack">{Mark}<a class="back" href="/">Dashboard</a><h1>Chaos</h1>
                <p class="fine">Faults of webhooks and of the API, on request. A restart forgets all of this.</p>
              </header>
              {DashboardPage.Table(
                "Rules",
                ["Rule", "Fault", "Strikes", "How often", "Struck", "Take away"],
                chaos.Rules.Select(rule => RuleRow(rule, chaos.Struck(rule.Id))),
                "None: nothing fails."
            )}
              {NewRule()}
              {DashboardPage.Table(
                "Cards",
                ["For", "Next charges", "Take away"],
                scripts.Targets.Select(target => ScriptRow(target, scripts.Waiting(target))),
                "None: each card is what its number says."
            )}
              {NewScript()}
              {DashboardPage.Table(
                "Done",
                ["Fault", "Rule", "To", "Id", "At"],
                chaos.Injected.Reverse().Take(InjectedShown).Select(InjectedRow),
                "Nothing yet."
            )}
              {ResetCard(chaos.Seed)}
            </main>
            """,
            nonce
        );

    private static string NewRule()
    {
        var faults = FaultKinds.All.GroupBy(fault => fault.Stage()).Select(Options);
        return $"""
            <section class="card stack" aria-labelledby="new-rule"><h2 id="new-rule">New rule</h2>
              <form class="stack" method="post" action="/_sandbox/chaos/rules">
                <div class="grid">
                  <div class="field"><label for="fault">Fault</label>
                    <select id="fault" name="fault">{string.Concat(faults)}</select></div>
                  {Field("event_types[]", "Event type", "invoice.*")}
                  {Field("path", "Path", "/v1/subscriptions/*")}
                  {Field("customer", "Customer", "cus_...")}
                  {Field("times", "At most, times", "no end", "type=\"number\" min=\"1\"")}
                  {Field("seconds", "Seconds", "as the fault says", "type=\"number\" min=\"0\"")}
                  <div class="field"><label for="probability">Probability</label>
                    <input id="probability" name="probability" value="1" inputmode="decimal"></div>
                </div>
                <p class="fine">Events and deliveries take an event type; requests take a path. Empty means all.</p>
                <div><button class="quiet">Add rule</button></div>
              </form></section>
            """;
    }

    private static string Options(IGrouping<FaultStage, Fault> stage)
    {
        var label = stage.Key switch
        {
            FaultStage.Event => "Events",
            FaultStage.Delivery => "Deliveries",
            _ => "Requests",
        };
        var options = stage.Select(fault => $"<option value=\"{fault.Name()}\">{Words(fault)}</option>");
        return $"<optgroup label=\"{label}\">{string.Concat(options)}</optgroup>";
    }

    private static string NewScript() =>
        $"""
            <section class="card stack" aria-labelledby="new-script"><h2 id="new-script">Next charge of a card</h2>
              <form class="stack" method="post" action="/_sandbox/chaos/cards">
                <div class="grid">{Field("target", "Customer, card or its number", "cus_...", "required")}
                  {Field("outcomes[]", "Answer", "insufficient_funds", "required list=\"outcomes\"")}
                  <datalist id="outcomes"><option value="succeed"><option value="requires_action">
                    <option value="generic_decline"><option value="insufficient_funds"><option value="lost_card">
                  </datalist></div>
                <div><button class="quiet">Add answer</button></div>
              </form></section>
            """;

    private static string ResetCard(long seed) =>
        $"""
            <section class="card stack" aria-labelledby="reset"><h2 id="reset">Start over</h2>
              <form class="stack" method="post" action="/_sandbox/chaos/reset">
                <div class="grid"><div class="field"><label for="seed">Seed</label>
                  <input id="seed" name="seed" type="number" value="{seed.ToString(
                CultureInfo.InvariantCulture
            )}" aria-describedby="seed-note"></div></div>
                <p class="fine" id="seed-note">Takes all rules and scripts away. With the same seed and rules, the same
                  requests meet the same faults.</p>
                <div><button class="quiet">Reset</button></div>
              </form></section>
            """;

    private static string Field(string name, string label, string placeholder, string more = "")
    {
        var id = name.TrimEnd('[', ']');
        return $"""
            <div class="field"><label for="{id}">{Encode(label)}</label>
              <input id="{id}" name="{name}" placeholder="{Encode(placeholder)}" autocomplete="off" {more}></div>
            """;
    }

    private static string RuleRow(ChaosRule rule, int struck)
    {
        var span = rule.Fault.TakesSpan() && rule.Fault != Fault.StaleRead ? $" by {rule.SpanSeconds} s" : "";
        string?[] strikes =
        [
            rule.EventTypes.Count == 0 ? null : string.Join(", ", rule.EventTypes),
            rule.Method,
            rule.Path,
            rule.Customer,
        ];
        var what = string.Join(' ', strikes.OfType<string>());
        var chance = rule.Probability >= 1 ? "always" : rule.Probability.ToString("P0", CultureInfo.InvariantCulture);
        return DashboardPage.Row(
            $"<code>{rule.Id}</code>",
            Words(rule.Fault) + span,
            Encode(what.Length == 0 ? "all" : what),
            rule.Times is { } times ? $"{chance}, {times} at most" : chance,
            struck.ToString(CultureInfo.InvariantCulture),
            Delete($"rules/{rule.Id}", $"Remove {rule.Id}")
        );
    }

    private static string ScriptRow(string target, IReadOnlyList<CardOutcome> waiting) =>
        DashboardPage.Row(
            $"<code>{Encode(target)}</code>",
            Encode(string.Join(", ", waiting.Select(outcome => outcome.Name))),
            Delete($"cards/{Uri.EscapeDataString(target)}", $"Remove the script of {target}")
        );

    private static string Delete(string path, string label) =>
        $"""
            <form method="post" action="/_sandbox/chaos/{path}/delete">
              <button class="quiet" aria-label="{Encode(label)}">Remove</button></form>
            """;

    private static string InjectedRow(InjectedFault injected) =>
        DashboardPage.Row(
            Words(injected.Fault),
            $"<code>{injected.Rule}</code>",
            Encode(injected.What),
            $"<code>{Encode(injected.Id)}</code>",
            DashboardPage.Time(injected.At.ToUnixTimeSeconds())
        );

    private static string Words(Fault fault) => fault.Name().Replace('_', ' ');
}
