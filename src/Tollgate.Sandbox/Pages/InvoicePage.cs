using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The HTML of a hosted invoice: its lines, what is due, and a card form while it is open.</summary>
internal static class InvoicePage
{
    public static string Html(Transaction tx, JsonObject invoice, string nonce)
    {
        var customer = invoice.TextOrNull("customer_email") ?? invoice.TextOrNull("customer_name");
        var isPayable = HostedInvoice.IsPayable(invoice);
        var form = isPayable
            ? $"""
                <form class="card stack" id="pay" novalidate><h2>Pay by card</h2>
                  {CardFields.Html($"Pay <span class=\"num\">{Amount(invoice, "amount_remaining")}</span>")}</form>
                {CardFields.Challenge}
                """
            : "";
        var script = isPayable ? $"""<script nonce="{nonce}">{Assets.InvoiceScript}</script>""" : "";
        return PageLayout.Html(
            $"Invoice {invoice.TextOrNull("number")}",
            $"""
            <main class="board portal">
              <header class="head">{Mark}<h1>Invoice {Encode(invoice.TextOrNull("number"))}</h1>
                <p class="row">{DashboardPage.Tag(invoice.Text("status"))}<span class="fine">{PortalPage.Day(
                invoice.Int("created")
            )}, {Encode(customer)}</span></p></header>
              {StatusLine(tx, invoice)}
              <section class="card stack" aria-label="Lines">
                <ul class="list">{string.Concat(invoice.Listed("lines").Select(Line))}</ul>
                {Sums(invoice)}
              </section>
              {form}
            </main>
            {script}
            """,
            nonce
        );
    }

    private static string Amount(JsonObject invoice, string name) =>
        Money.Format(invoice.Int(name), invoice.Text("currency"));

    private static string StatusLine(Transaction tx, JsonObject invoice)
    {
        if (invoice.Text("status") != "paid")
        {
            return invoice.Text("status") == "void"
                ? """<p class="note" role="status">This invoice was voided. There is nothing to pay.</p>"""
                : "";
        }

        var paidAt = invoice.Child("status_transitions").IntOrNull("paid_at") ?? invoice.Int("created");
        var card =
            InvoicePayments.IntentOf(tx, invoice.Id())?.TextOrNull("payment_method") is { } id
            && tx.Find("payment_method", id) is { } method
                ? $" with {PortalPage.CardName(method)}"
                : "";
        return $"""
            <p class="done" role="status">Paid on {PortalPage.Day(paidAt)}{Encode(card)}. Thank you.</p>
            """;
    }

    private static string Line(JsonObject line)
    {
        var period = line.Child("period");
        var (start, end) = (PortalPage.Day(period.Int("start")), PortalPage.Day(period.Int("end")));
        return $"""
            <li><span>{Encode(line.TextOrNull("description"))}<br>
              <span class="fine">{(start == end ? start : $"{start} to {end}")}</span></span>
              <span class="num">{Money.Format(line.Int("amount"), line.Text("currency"))}</span></li>
            """;
    }

    private static string Sums(JsonObject invoice)
    {
        var credit = invoice.Int("amount_due") - invoice.Int("total");
        var applied =
            credit == 0
                ? ""
                : Row(
                    invoice.Int("total") < 0 ? "Kept as credit" : "From your balance",
                    Money.Format(credit, invoice.Text("currency"))
                );
        return Row("Total", Amount(invoice, "total"))
            + applied
            + $"""
                <p class="row between total"><span>Amount due</span><b class="num">{Amount(
                    invoice,
                    "amount_remaining"
                )}</b></p>
                """;
    }

    private static string Row(string label, string amount) =>
        $"""<p class="row between"><span>{label}</span><span class="num">{amount}</span></p>""";
}
