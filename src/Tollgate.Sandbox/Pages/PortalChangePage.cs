using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Portal;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The Portal's two steps of a change: choose plan and quantity, then see the money and confirm.</summary>
internal static class PortalChangePage
{
    public static string Choose(Transaction tx, PortalVisit visit, JsonObject subscription, string nonce)
    {
        var options = PortalChange.Options(tx, visit, subscription);
        if (options.Count == 0)
        {
            throw StripeException.Invalid("This subscription cannot be changed here.");
        }

        var item = subscription.Listed("items").Single();
        var current = item.Child("price").Id();
        var choices = options.Select(option => Option(tx, option, option.Price.Id() == current));
        return PageLayout.Html(
            "Update plan",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{PortalPage.BackToBilling(visit)}<h1>Update plan</h1></header>
              <form class="card stack" method="get" action="{visit.Path}/subscriptions/{subscription.Id()}/confirm">
                <fieldset><legend>Plan</legend>{string.Concat(choices)}</fieldset>
                {Quantity(options, item.Int("quantity"))}
                <p><button>Continue</button></p>
              </form>
            </main>
            """,
            nonce
        );
    }

    public static string Confirm(
        Transaction tx,
        PortalVisit visit,
        JsonObject subscription,
        PortalChoice choice,
        string nonce
    )
    {
        var preview = PortalChange.Preview(tx, visit, subscription, choice);
        var price = tx.Get("price", choice.Price);
        var currency = preview.Text("currency");
        var isNow = preview.Text("billing_reason") == "subscription_update";
        var lines = preview
            .Listed("lines")
            .Select(line =>
                $"""
                    <li><span>{Encode(line.TextOrNull("description"))}</span>
                      <span class="num">{Money.Format(line.Int("amount"), currency)}</span></li>
                    """
            );
        var back =
            visit.Flow?.Text("type") == "subscription_update_confirm"
                ? PortalPage.BackToBilling(visit)
                : $"""<a class="back" href="{visit.Path}/subscriptions/{subscription.Id()}/update">Back</a>""";
        var due = isNow ? "Due today" : $"On your next invoice, {PortalPage.Day(preview.Int("created"))}";
        return PageLayout.Html(
            "Confirm your update",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{back}
                <h1>Confirm your update</h1>
                <p>{Encode(InvoiceLine.ProductName(tx, price))}, <span class="num">{choice.Quantity} × {Encode(
                PortalPage.Unit(price)
            )}</span></p></header>
              <form class="card stack" method="post">
                <ul class="list">{string.Concat(lines)}</ul>
                {Credit(preview, currency)}
                <p class="row between total"><span>{due}</span>
                  <b class="num">{Money.Format(preview.Int("amount_due"), currency)}</b></p>
                <input type="hidden" name="price" value="{Encode(choice.Price)}">
                <input type="hidden" name="quantity" value="{choice.Quantity}">
                <input type="hidden" name="at" value="{choice.At}">
                <p class="row"><button>{(isNow ? "Pay and confirm" : "Confirm")}</button>
                  {PortalPage.Leave(visit, "Cancel")}</p>
              </form>
            </main>
            """,
            nonce
        );
    }

    private static string Credit(JsonObject preview, string currency)
    {
        var credit = preview.Int("amount_due") - preview.Int("total");
        return credit == 0
            ? ""
            : $"""
                <p class="row between fine"><span>{(
                    preview.Int("total") < 0 ? "Kept as credit" : "From your balance"
                )}</span><span class="num">{Money.Format(credit, currency)}</span></p>
                """;
    }

    private static string Option(Transaction tx, PortalOption option, bool isCurrent)
    {
        var name = Encode($"{InvoiceLine.ProductName(tx, option.Price)}, {PortalPage.Unit(option.Price)}");
        return $"""
            <label class="choice"><input type="radio" name="price" value="{option.Price.Id()}"{(
                isCurrent ? " checked" : ""
            )}>
              <span class="num">{name}</span>{(isCurrent ? DashboardPage.Tag("current") : "")}</label>
            """;
    }

    private static string Quantity(IReadOnlyList<PortalOption> options, long current)
    {
        var (minimum, maximum) = (options.Min(option => option.Minimum), options.Max(option => option.Maximum));
        return minimum == maximum
            ? $"""<input type="hidden" name="quantity" value="{minimum}">"""
            : $"""
                <div class="field"><label for="quantity">Quantity</label>
                  <input class="num short" id="quantity" name="quantity" type="number" inputmode="numeric" required
                    value="{current}" min="{minimum}" max="{maximum}" step="1" aria-describedby="range">
                  <p class="fine" id="range">From {minimum} to {maximum}.</p></div>
                """;
    }
}
