using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Portal;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>A flow's task is done: the customer is shown so, or sent on to the seller.</summary>
internal static class PortalDonePage
{
    public static string Html(Transaction _, PortalVisit visit, string nonce)
    {
        var completion = visit.Session.ChildOrNull("flow")?.Child("after_completion");
        if (completion?.ChildOrNull("redirect")?.TextOrNull("return_url") is { } url)
        {
            return SendOn.Html("Your change is saved", url, nonce);
        }

        var message = completion?.ChildOrNull("hosted_confirmation")?.TextOrNull("custom_message");
        return CheckoutPage.Closed(
            "Your change is saved",
            message ?? "There is nothing left to do here.",
            visit.ReturnUrl is { } back ? (back, "Return to the seller") : null,
            nonce
        );
    }

    /// <summary>What could not be done in a flow, which shows nothing but its task.</summary>
    public static string Refused(PortalVisit visit, string message, string nonce) =>
        PageLayout.Html(
            "Not done",
            $"""
            <main class="closed">{Mark}<section class="card stack"><h1>This could not be done</h1>
              <p class="alert" role="alert">{Encode(message)}</p>
              <p class="row"><a class="btn" href="{visit.Path}">Try again</a>
                {(visit.ReturnUrl is null ? "" : PortalPage.Leave(visit, "Return to the seller"))}</p></section></main>
            """,
            nonce
        );
}
