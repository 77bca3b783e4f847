using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Portal;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The Portal's first page: plan, cards, invoices, each with what the configuration offers.</summary>
internal static class PortalPage
{
    private const int InvoicesShown = 24;

    public static string Html(Transaction tx, PortalVisit visit, string nonce) => Html(tx, visit, nonce, alert: null);

    /// <param name="alert">What could not be done; null if nothing was refused.</param>
    public static string Html(Transaction tx, PortalVisit visit, string nonce, string? alert)
    {
        var headline = visit.Configuration.Child("business_profile").TextOrNull("headline");
        var subscriptions = visit.Subscriptions(tx).ToList();
        return PageLayout.Html(
            "Billing",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{Back(visit)}<h1>{Encode(headline ?? "Billing")}</h1>
                <p class="fine">{Encode(visit.Customer.TextOrNull("email") ?? visit.Customer.TextOrNull("name"))}</p>
              </header>
              {(alert is null ? "" : $"<p class=\"alert\" role=\"alert\">{Encode(alert)}</p>")}
              {string.Concat(subscriptions.Select(sub => Plan(tx, visit, sub)))}
              {(
                subscriptions.Count > 0
                    ? ""
                    : Section("Current plan", """<p class="fine">There is no plan at the moment.</p>""")
            )}
              {Cards(tx, visit)}
              {(
                visit.Has(PortalCustomer.Feature)
                    ? Section("Billing information", PortalCustomerPage.Summary(visit))
                    : ""
            )}
              {Invoices(tx, visit)}
            </main>
            """,
            nonce
        );
    }

    public static string Day(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"$20.00 per month", for one.</summary>
    public static string Unit(JsonObject price)
    {
        var recurring = price.Child("recurring");
        var count = recurring.Int("interval_count");
        var per = count == 1 ? recurring.Text("interval") : $"{count} {recurring.Text("interval")}s";
        return $"{Money.Format(EmbeddedPrice.UnitAmount(price), CurrencyOptions.Currency(price))} per {per}";
    }

    /// <summary>"Visa ending in 4242".</summary>
    public static string CardName(JsonObject method)
    {
        var card = method.Child("card");
        var brand = card.Text("brand");
        return $"{char.ToUpperInvariant(brand[0])}{brand[1..]} ending in {card.Text("last4")}";
    }

    /// <summary>From a task to the first page; an open flow has none, and leads back to the seller.</summary>
    public static string BackToBilling(PortalVisit visit) =>
        visit.Flow is null ? $"""<a class="back" href="{visit.Path}">Billing</a>""" : Back(visit);

    /// <summary>Leaves a task undone.</summary>
    public static string Leave(PortalVisit visit, string words) =>
        (visit.Flow is null ? visit.Path : visit.ReturnUrl) is { } url
            ? $"""<a class="btn quiet" href="{Encode(url)}">{words}</a>"""
            : "";

    private static string Section(string title, string content) =>
        $"""<section class="card stack"><h2>{Encode(title)}</h2>{content}</section>""";

    private static string Back(PortalVisit visit) =>
        visit.ReturnUrl is { } url ? $"""<a class="back" href="{Encode(url)}">Return to the seller</a>""" : "";

    private static string Plan(Transaction tx, PortalVisit visit, JsonObject subscription)
    {
        var items = subscription
            .Listed("items")
            .Select(item =>
            {
                var price = item.Child("price");
                return $"""
                    <li><span><b>{Encode(InvoiceLine.ProductName(tx, price))}</b><br>
                      <span class="fine num">{Encode(Unit(price))}</span></span>
                      <span class="num">Quantity {item.Int("quantity")}</span></li>
                    """;
            });
        return Section(
            "Current plan",
            $"""
            <ul class="list">{string.Concat(items)}</ul>
            {StatusLine(tx, subscription)}
            <div class="row">{Actions(tx, visit, subscription)}</div>
            """
        );
    }

    private static string StatusLine(Transaction tx, JsonObject subscription)
    {
        var end = SubscriptionDocument.PeriodEnd(subscription);
        var status = subscription.Text("status");
        var when = subscription.IntOrNull("cancel_at") is { } ends
            ? $"Ends on {Day(ends)}. Nothing is charged after that."
            : $"Renews on {Day(end)}.";
        var change = PortalSchedule.Planned(tx, subscription) is { } planned ? Change(tx, planned) : "";
        var tag = DashboardPage.Tag(status);
        var open =
            status is "past_due" or "unpaid" or "incomplete"
            && tx.Find(InvoiceDocument.Kind, subscription.Text("latest_invoice")) is { } latest
            && latest.Text("status") == "open"
                ? OpenPayment(latest)
                : "";
        return $"""<p class="row">{tag}<span>{when}</span></p>{change}{open}""";
    }

    private static string Change(Transaction tx, JsonObject phase)
    {
        var items = phase
            .Each("items")
            .Select(item =>
            {
                var price = tx.Get("price", item.Text("price"));
                return $"{InvoiceLine.ProductName(tx, price)}, {item.Int("quantity")} × {Unit(price)}";
            });
        var words = $"Changes on {Day(phase.Int("start_date"))} to {string.Join("; ", items)}.";
        return $"""<p class="note">{Encode(words)}</p>""";
    }

    private static string OpenPayment(JsonObject invoice)
    {
        var amount = Money.Format(invoice.Int("amount_remaining"), invoice.Text("currency"));
        return $"""<p class="note">A payment of {amount} is open. {Link(invoice, "Pay it")}</p>""";
    }

    private static string Link(JsonObject invoice, string text) =>
        HostedInvoice.Path(invoice) is { } path ? $"""<a href="{path}">{text}</a>""" : text;

    private static string Actions(Transaction tx, PortalVisit visit, JsonObject subscription)
    {
        var at = $"{visit.Path}/subscriptions/{subscription.Id()}";
        var update =
            PortalChange.Options(tx, visit, subscription).Count > 0
                ? $"""<a class="btn" href="{at}/update">Update plan</a>"""
                : "";
        var keep =
            PortalSchedule.Planned(tx, subscription) is not null && visit.Has("subscription_update")
                ? $"""<form method="post" action="{at}/keep"><button>Keep current plan</button></form>"""
                : "";
        var canCancel =
            PortalCancellation.CanCancel(visit, subscription) && !PortalSchedule.IsManaged(tx, subscription);
        var cancel = canCancel ? $"""<a class="btn quiet" href="{at}/cancel">Cancel plan</a>""" : "";
        var renew =
            PortalCancellation.IsCanceling(subscription) && visit.Has("subscription_cancel")
                ? $"""<form method="post" action="{at}/renew"><button>Don't cancel plan</button></form>"""
                : "";
        return renew + keep + update + cancel;
    }

    private static string Cards(Transaction tx, PortalVisit visit)
    {
        if (!visit.Has("payment_method_update"))
        {
            return "";
        }

        var rows = PortalCard.All(tx, visit).Select(method => CardRow(tx, visit, method)).ToList();
        var list =
            rows.Count == 0
                ? """<p class="fine">There is no card yet.</p>"""
                : $"""<ul class="list">{string.Concat(rows)}</ul>""";
        return Section(
            "Payment method",
            $"""{list}<p><a class="btn quiet" href="{visit.Path}/card">Add a card</a></p>"""
        );
    }

    private static string CardRow(Transaction tx, PortalVisit visit, JsonObject method)
    {
        var card = method.Child("card");
        var name = CardName(method);
        var choose = PortalCard.IsDefault(visit, method)
            ? DashboardPage.Tag("default")
            : $"""
                <form method="post" action="{visit.Path}/cards/{method.Id()}/default">
                  <button class="quiet" aria-label="Make {name} the default">Make default</button></form>
                """;
        var remove = PortalCard.CanRemove(tx, visit, method)
            ? $"""
                <form method="post" action="{visit.Path}/cards/{method.Id()}/remove">
                  <button class="quiet" aria-label="Remove {name}">Remove</button></form>
                """
            : "";
        return $"""
            <li><span>{name}<br><span class="fine num">Expires {card.Int(
                "exp_month"
            ):00} / {card.Int("exp_year")}</span></span><span class="row">{choose}{remove}</span></li>
            """;
    }

    private static string Invoices(Transaction tx, PortalVisit visit)
    {
        if (!visit.Has("invoice_history"))
        {
            return "";
        }

        var rows = tx.With(InvoiceDocument.Kind, "customer", visit.Customer.Id())
            .Where(invoice => invoice.Text("status") is not "draft")
            .Take(InvoicesShown)
            .Select(InvoiceRow)
            .ToList();
        return Section(
            "Invoice history",
            rows.Count == 0
                ? """<p class="fine">There is no invoice yet.</p>"""
                : $"""<ul class="list">{string.Concat(rows)}</ul>"""
        );
    }

    private static string InvoiceRow(JsonObject invoice) =>
        $"""
            <li><span>{Link(invoice, Day(invoice.Int("created")))}<br><span class="fine">{Encode(
                invoice.TextOrNull("number")
            )}</span></span>
              <span class="row">{DashboardPage.Tag(invoice.Text("status"))}
                <span class="num">{Money.Format(invoice.Int("total"), invoice.Text("currency"))}</span></span></li>
            """;
}
