using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Portal;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The Portal takes a new card, which becomes the default.</summary>
internal static class PortalCardPage
{
    public static string Html(Transaction _, PortalVisit visit, string nonce)
    {
        visit.Require("payment_method_update");
        return PageLayout.Html(
            "Add a card",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{PortalPage.BackToBilling(visit)}<h1>Add a card</h1>
                <p class="fine">It pays your next invoices. Nothing is charged now.</p></header>
              <form class="card stack" id="pay" novalidate>{CardFields.Html("Save card")}</form>
              {CardFields.Challenge}
            </main>
            <script nonce="{nonce}">{Assets.CardScript}</script>
            """,
            nonce
        );
    }
}
