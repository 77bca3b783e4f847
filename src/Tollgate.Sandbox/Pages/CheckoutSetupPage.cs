using System.Text.Json.Nodes;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>Checkout's page in <c>setup</c> mode: the card form and nothing to pay.</summary>
internal static class CheckoutSetupPage
{
    public static string Html(JsonObject session, string nonce) =>
        PageLayout.Html(
            "Save a card",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{CheckoutPage.BackLink(session, "Back, without saving")}<h1>Save a card</h1>
                <p class="fine">It is saved for later payments. Nothing is charged now.</p></header>
              <form class="card stack" id="pay" novalidate>{CardFields.Html("Save card")}</form>
              {CardFields.Challenge}
            </main>
            <script nonce="{nonce}">{Assets.CardScript}</script>
            """,
            nonce
        );
}
