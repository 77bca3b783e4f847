namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeInvoice>> GetInvoice(string id, CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Get("/v1/invoices/{id}", id),
            StripeJson.Default.InvoiceWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>An open invoice is owed no more; a change that waited for it does not come about.</summary>
    public Task<StripeAnswer<StripeInvoice>> VoidInvoice(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/invoices/{id}/void", id, key),
            StripeJson.Default.InvoiceWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>A draft becomes an open invoice with a page; nothing is charged by it.</summary>
    public Task<StripeAnswer<StripeInvoice>> FinalizeInvoice(
        string id,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/invoices/{id}/finalize",
                id,
                key,
                static form => form.Add("auto_advance", value: false)
            ),
            StripeJson.Default.InvoiceWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All of a subscription's, newest first.</summary>
    /// <param name="status"><c>draft</c>, <c>open</c>, <c>paid</c>, <c>uncollectible</c>, <c>void</c>; null for
    /// any.</param>
    public Task<StripeAnswer<IReadOnlyList<StripeInvoice>>> ListInvoices(
        string subscriptionId,
        string? status,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/invoices",
            id: null,
            query =>
            {
                query.Add("subscription", subscriptionId);
                query.Add("status", status);
            },
            StripeJson.Default.ListWireInvoiceWire,
            wire => wire.Read(),
            invoice => invoice.Id,
            cancellationToken
        );

    /// <summary>All lines of an invoice or of a preview, prorations first as Stripe orders them.</summary>
    internal Task<StripeAnswer<IReadOnlyList<InvoiceLineWire>>> ReadInvoiceLines(
        string invoiceId,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/invoices/{id}/lines",
            invoiceId,
            static _ => { },
            StripeJson.Default.ListWireInvoiceLineWire,
            wire => wire,
            line => line.Id,
            cancellationToken
        );

    /// <summary>
    /// The invoice that a change would make: the one it makes at once, or else the next one with the change in it.
    /// Nothing is changed by asking. Null asks for the next invoice as things are.
    /// </summary>
    public Task<StripeAnswer<StripeInvoice>> PreviewInvoice(
        string subscriptionId,
        SubscriptionItemChange? change,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post(
                "/v1/invoices/create_preview",
                id: null,
                IdempotencyKey.Unrepeated(),
                form =>
                {
                    form.Add("subscription", subscriptionId);
                    change?.Write(form.At("subscription_details"));
                }
            ),
            StripeJson.Default.InvoiceWire,
            wire => wire.Read(),
            cancellationToken
        );
}
