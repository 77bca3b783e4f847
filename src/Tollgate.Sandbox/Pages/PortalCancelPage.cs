using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Portal;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The Portal asks before it cancels, says what then happens, and may ask why.</summary>
internal static class PortalCancelPage
{
    public static string Html(Transaction _, PortalVisit visit, JsonObject subscription, string nonce)
    {
        if (!PortalCancellation.CanCancel(visit, subscription))
        {
            throw StripeException.Invalid("This subscription cannot be canceled here.");
        }

        var end = PortalPage.Day(SubscriptionDocument.PeriodEnd(subscription));
        var what = PortalCancellation.IsImmediate(visit)
            ? "Your plan ends now, with all that it gives."
            : $"Your plan stays as it is until {end}, and then ends. Until then you can change your mind.";
        return PageLayout.Html(
            "Cancel plan",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{PortalPage.BackToBilling(visit)}<h1>Cancel plan</h1></header>
              <form class="card stack" method="post">
                <p>{what}</p>
                {Reasons(PortalCancellation.Reasons(visit))}
                <p class="row"><button class="danger">Cancel plan</button>
                  {PortalPage.Leave(visit, "Keep plan")}</p>
              </form>
            </main>
            """,
            nonce
        );
    }

    private static string Reasons(IReadOnlyList<string> reasons)
    {
        if (reasons.Count == 0)
        {
            return "";
        }

        var options = reasons.Select(reason => $"""<option value="{reason}">{Words(reason)}</option>""");
        return $"""
            <div class="field"><label for="feedback">Why do you cancel? (optional)</label>
              <select id="feedback" name="feedback"><option value="">No answer</option>{string.Concat(options)}</select>
            </div>
            <div class="field"><label for="comment">Anything else? (optional)</label>
              <textarea id="comment" name="comment" rows="3" maxlength="1000"></textarea></div>
            """;
    }

    private static string Words(string reason) =>
        reason switch
        {
            "customer_service" => "Customer service was less than expected",
            "low_quality" => "Quality was less than expected",
            "missing_features" => "Some features are missing",
            "switched_service" => "I'm switching to a different service",
            "too_complex" => "Ease of use was less than expected",
            "too_expensive" => "It's too expensive",
            "unused" => "I don't use it enough",
            _ => "Other reason",
        };
}
