using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary><c>/_sandbox/chaos</c> and its page <c>/chaos</c>: faults on request, and scripts for cards.</summary>
internal sealed class ChaosEndpoint(ChaosRules chaos, CardScripts scripts)
{
    public const string Page = "/chaos";

    public Task ShowAsync(HttpContext context)
    {
        var nonce = Answers.NewNonce();
        return Answers.HtmlAsync(context, 200, ChaosPage.Html(chaos, scripts, nonce), nonce);
    }

    public async Task HandleAsync(HttpContext context, string[] rest)
    {
        try
        {
            var request = context.Request;
            var answer = (request.Method, rest) switch
            {
                ("GET", []) => State(),
                ("POST", ["reset"]) => Reset(await InputAsync(context, ChaosForm.Reset)),
                ("POST", ["rules"]) => Add(await InputAsync(context, ChaosForm.Rule)),
                ("DELETE", ["rules", var id]) => Remove(id),
                ("POST", ["rules", var id, "delete"]) => Remove(id),
                ("POST", ["cards"]) => Script(await InputAsync(context, ChaosForm.Script)),
                ("DELETE", ["cards", var target]) => Unscript(target),
                ("POST", ["cards", var target, "delete"]) => Unscript(target),
                _ => throw StripeException.UnknownUrl(request.Method, request.Path.Value ?? "/"),
            };
            if (request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                // The page's buttons are plain forms.
                Answers.SeeOther(context, Page);
                return;
            }

            await Answers.JsonAsync(context, 200, answer);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static async Task<JsonObject> InputAsync(HttpContext context, Param[] known) =>
        ParamBinding.Bind(await Answers.ReadFormAsync(context), known);

    private JsonObject State() => ChaosForm.State(chaos, scripts);

    private JsonObject Reset(JsonObject input)
    {
        chaos.Reset(input["seed"]?.GetValue<long>() ?? 0);
        scripts.Clear();
        return State();
    }

    private JsonObject Add(JsonObject input) => ChaosForm.Describe(chaos.Add(ChaosForm.ToRule(input)), struck: 0);

    private JsonObject Remove(string id) =>
        chaos.Remove(id)
            ? new JsonObject { ["id"] = id, ["deleted"] = true }
            : throw StripeException.NoSuch("rule", id, parameter: null);

    private JsonObject Script(JsonObject input)
    {
        var target = input["target"]!.GetValue<string>();
        scripts.Add(target, ChaosForm.ToOutcomes(input));
        return ChaosForm.Describe(target, scripts.Waiting(target));
    }

    private JsonObject Unscript(string target) =>
        scripts.Remove(target)
            ? new JsonObject { ["target"] = target, ["deleted"] = true }
            : throw StripeException.NoSuch("script", target, parameter: null);
}
