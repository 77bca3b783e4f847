using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>The hosted invoice page: shows an invoice to who has its link, and takes a card for it.</summary>
internal sealed class InvoiceEndpoint(CommandLoop loop)
{
    public async Task ShowAsync(HttpContext context, string link)
    {
        var nonce = Answers.NewNonce();
        var html = await loop.RunAsync(
            tx => HostedInvoice.Find(tx, link) is { } invoice ? InvoicePage.Html(tx, invoice, nonce) : null,
            cancellationToken: context.RequestAborted
        );
        await Answers.HtmlAsync(
            context,
            html is null ? 404 : 200,
            html ?? CheckoutPage.Closed("This page does not exist", "Ask the seller for a new link.", null, nonce),
            nonce
        );
    }

    public async Task PayAsync(HttpContext context, string link)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), CardInput.Known);
            var origin = new RequestOrigin(Transaction.NewId("req")[..18], IdempotencyKey: null);
            var (status, body) = await loop.RunAsync(tx => Pay(tx, link, input), origin, context.RequestAborted);
            await Answers.JsonAsync(context, status, body);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static (int Status, JsonObject Body) Pay(Transaction tx, string link, JsonObject input)
    {
        var invoice =
            HostedInvoice.Find(tx, link) ?? throw StripeException.NoSuch(InvoiceDocument.Kind, link, parameter: null);
        if (!HostedInvoice.IsPayable(invoice))
        {
            throw StripeException.Invalid("This invoice is not open.", code: HostedInvoice.NotOpen);
        }

        tx = tx.By(invoice);
        var outcome = HostedInvoice.Pay(tx, invoice, CardInput.Method(tx, input), CardInput.PresenceOf(input));
        if (outcome.IsPaid)
        {
            return (200, new JsonObject { ["redirect"] = HostedInvoice.Path(invoice) });
        }

        // What was tried stays on record: the charge failed, the payment intent waits.
        var refusal = outcome.Refusal is { } refused
            ? ConfirmPayment.Declined(refused, outcome.ChargeId, outcome.Intent)
            : new StripeException(402, "card_error", "This payment requires 3D Secure authentication.")
            {
                Code = "authentication_required",
            };
        return (refusal.Status, refusal.ToJson());
    }
}
