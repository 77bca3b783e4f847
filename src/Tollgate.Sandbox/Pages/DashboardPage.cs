using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The HTML of the dashboard.</summary>
internal static class DashboardPage
{
    private const int Shown = 20;
    private const int EventsShown = 40;

    public static string Overview(Transaction tx, DateTimeOffset now, TimeSpan advanced, string nonce) =>
        PageLayout.Html(
            "Dashboard",
            $"""
            <main class="board">
              <header class="stack">{Mark}<h1>Sandbox</h1>
                <nav class="row" aria-label="More"><a href="/requests">Requests</a><a href="/chaos">Chaos</a></nav>
              </header>
              {ClockCard(tx, now, advanced)}
              {Table(
                "Subscriptions",
                ["Subscription", "Customer", "Items", "Status", "Period ends"],
                tx.NewestFirst("subscription").Take(Shown).Select(sub => SubscriptionRow(tx, sub)),
                "None yet. Subscribe by Checkout or by the API."
            )}
              {Table(
                "Invoices",
                ["Invoice", "Customer", "Reason", "Status", "Total"],
                tx.NewestFirst("invoice").Take(Shown).Select(invoice => InvoiceRow(tx, invoice)),
                "None yet."
            )}
              {Table(
                "Customers",
                ["Customer", "E-mail or name", "Created"],
                tx.NewestFirst("customer").Where(customer => !customer.Flag("deleted")).Take(Shown).Select(CustomerRow),
                "None yet."
            )}
              {Table(
                "Checkout sessions",
                ["Session", "Mode", "Status", "Total"],
                tx.NewestFirst("checkout.session").Take(Shown).Select(SessionRow),
                "None yet."
            )}
              {Table(
                "Webhook endpoints",
                ["Endpoint", "Sends to", "Status"],
                tx.NewestFirst("webhook_endpoint").Take(Shown).Select(EndpointRow),
                "None yet. POST /v1/webhook_endpoints adds one."
            )}
              {Table(
                "Events",
                ["Event", "Object", "At", "Deliveries"],
                Events(tx),
                "Nothing has happened yet."
            )}
            </main>
            """,
            nonce
        );

    public static string Time(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A status in a colour that fits it; the word itself says it too.</summary>
    public static string Tag(string status)
    {
        var tone = status switch
        {
            "active" or "paid" or "complete" or "delivered" or "trialing" or "enabled" => "good",
            "past_due" or "incomplete" or "waiting" or "open" or "draft" => "warn",
            "unpaid" or "incomplete_expired" or "given_up" or "failed" or "lost" => "bad",
            _ => "",
        };
        return $"<span class=\"tag {tone}\">{Encode(status)}</span>";
    }

    private static string ClockCard(Transaction tx, DateTimeOffset now, TimeSpan advanced)
    {
        var next = tx.NewestFirst("subscription")
            .Where(sub => sub.Text("status") is "active" or "trialing" or "past_due" or "unpaid")
            .Select(SubscriptionDocument.PeriodEnd)
            .DefaultIfEmpty(0)
            .Min();
        var ahead =
            advanced >= TimeSpan.FromSeconds(1)
                ? $"{advanced.TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days ahead of this machine."
                : "The same as this machine's.";
        var renewal = next == 0 ? "" : Advance("to", next, $"To the next renewal, {Time(next)[..10]}");
        return $"""
            <section class="card stack" aria-labelledby="clock">
              <h2 id="clock">Clock</h2><div class="stack tight"><p class="price num">{Time(now.ToUnixTimeSeconds())}</p>
                <p class="fine">UTC. {ahead} Time only moves forward; what falls due on the way happens.</p></div>
              <div class="row">{Advance("seconds", 3600, "1 hour")}{Advance("seconds", 86_400, "1 day")}
                {Advance("seconds", 8 * 86_400, "8 days")}{renewal}</div>
            </section>
            """;
    }

    private static string Advance(string name, long value, string label) =>
        $"""
            <form method="post" action="/_sandbox/clock/advance"><input type="hidden" name="{name}" value="{value}">
              <button class="quiet">{Encode(label)}</button></form>
            """;

    public static string Table(string title, string[] heads, IEnumerable<string> rows, string whenEmpty)
    {
        var body = string.Join('\n', rows);
        var content =
            body.Length == 0
                ? $"<p class=\"fine\">{Encode(whenEmpty)}</p>"
                : $"""
                    <div class="scroll" tabindex="0" role="group" aria-label="{Encode(title)}"><table><thead><tr>
                    {string.Join("", heads.Select(head => $"<th scope=\"col\">{Encode(head)}</th>"))}
                    </tr></thead><tbody>{body}</tbody></table></div>
                    """;
        return $"<section class=\"card stack\"><h2>{Encode(title)}</h2>{content}</section>";
    }

    public static string Row(params string[] cells) =>
        $"<tr>{string.Concat(cells.Select(cell => $"<td>{cell}</td>"))}</tr>";

    private static string Code(string? text) => $"<code>{Encode(text)}</code>";

    private static string CustomerName(Transaction tx, JsonObject document)
    {
        var customer = document.TextOrNull("customer") is { } id ? tx.Find("customer", id) : null;
        return Encode(customer?.TextOrNull("email") ?? customer?.TextOrNull("name") ?? customer?.Id());
    }

    private static string SubscriptionRow(Transaction tx, JsonObject subscription)
    {
        var items = subscription
            .Listed("items")
            .Select(item =>
                $"{item.Int("quantity")} × {tx.Find("product", item.Child("price").Text("product"))?.Text("name")}"
            );
        var ends = subscription.Flag("cancel_at_period_end") ? " (then ends)" : "";
        return Row(
            Code(subscription.Id()),
            CustomerName(tx, subscription),
            Encode(string.Join(", ", items)),
            Tag(subscription.Text("status")),
            Time(SubscriptionDocument.PeriodEnd(subscription)) + ends
        );
    }

    private static string InvoiceRow(Transaction tx, JsonObject invoice) =>
        Row(
            Code(invoice.TextOrNull("number") ?? invoice.Id()),
            CustomerName(tx, invoice),
            Encode(invoice.TextOrNull("billing_reason")),
            Tag(invoice.Text("status")),
            Money.Format(invoice.Int("total"), invoice.Text("currency"))
        );

    private static string CustomerRow(JsonObject customer) =>
        Row(
            Code(customer.Id()),
            Encode(customer.TextOrNull("email") ?? customer.TextOrNull("name")),
            Time(customer.Int("created"))
        );

    private static string SessionRow(JsonObject session)
    {
        var id = Code(session.Id()[..20] + "…");
        return Row(
            session.TextOrNull("url") is null ? id : $"<a href=\"/c/pay/{session.Id()}\">{id}</a>",
            Encode(session.Text("mode")),
            Tag(session.Text("status")),
            session.IntOrNull("amount_total") is { } total ? Money.Format(total, session.Text("currency")) : "no amount"
        );
    }

    private static string EndpointRow(JsonObject endpoint) =>
        Row(
            $"<a href=\"/_sandbox/webhook_endpoints/{endpoint.Id()}\">{Code(endpoint.Id())}</a>",
            Encode(endpoint.Text("url")),
            Tag(endpoint.Text("status"))
        );

    private static IEnumerable<string> Events(Transaction tx)
    {
        var recorded = tx.NewestFirst("event").Take(EventsShown).ToList();
        return recorded.Select(document =>
            Row(
                $"<a href=\"/_sandbox/events/{document.Id()}\">{Encode(document.Text("type"))}</a>",
                Code(document.Child("data").Child("object").TextOrNull("id")),
                Time(document.Int("created")),
                string.Join(
                    ' ',
                    tx.With(Delivery.Kind, "event", document.Id()).Select(delivery => Tag(delivery.Text("state")))
                )
            )
        );
    }
}
