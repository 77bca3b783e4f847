using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>Stripe's answers in the pinned version, with some members that nobody reads left in.</summary>
internal static class Samples
{
    public const string Line = """
        {
          "id": "il_1", "object": "line_item", "amount": 11700, "currency": "usd", "description": "3 x Team",
          "discountable": true, "invoice": "in_1", "livemode": false, "metadata": {},
          "parent": {
            "type": "subscription_item_details",
            "invoice_item_details": null,
            "subscription_item_details": {
              "invoice_item": null, "proration": false, "proration_details": { "credited_items": null },
              "subscription": "sub_1", "subscription_item": "si_1"
            }
          },
          "period": { "start": 1795000000, "end": 1797592000 },
          "pricing": {
            "type": "price_details", "price_details": { "price": "price_1", "product": "prod_1" },
            "unit_amount_decimal": "3900"
          },
          "quantity": 3, "quantity_decimal": "3", "subscription": "sub_1", "subtotal": 11700, "taxes": []
        }
        """;

    public const string ProrationLine = """
        {
          "id": "il_2", "object": "line_item", "amount": -500, "currency": "usd", "description": null,
          "parent": {
            "type": "invoice_item_details",
            "invoice_item_details": {
              "invoice_item": "ii_1", "proration": true, "proration_details": null, "subscription": "sub_1"
            },
            "subscription_item_details": null
          },
          "period": { "start": 1796000000, "end": 1797592000 },
          "pricing": null, "quantity": null, "subscription": "sub_1", "subtotal": -500
        }
        """;

    public const string Invoice = $$"""
        {
          "id": "in_1", "object": "invoice", "amount_due": 11700, "amount_paid": 0, "amount_remaining": 11700,
          "attempt_count": 1, "attempted": true, "billing_reason": "subscription_cycle", "created": 1795000000,
          "currency": "usd", "customer": "cus_1", "hosted_invoice_url": "https://invoice.test/in_1",
          "lines": { "object": "list", "data": [{{Line}}], "has_more": false, "url": "/v1/invoices/in_1/lines" },
          "livemode": false, "next_payment_attempt": 1795300000,
          "parent": {
            "type": "subscription_details", "quote_details": null,
            "subscription_details": { "metadata": {}, "subscription": "sub_1" }
          },
          "status": "open",
          "status_transitions": {
            "finalized_at": 1795003600, "marked_uncollectible_at": null, "paid_at": null, "voided_at": null
          },
          "total": 11700
        }
        """;

    public const string Subscription = $$"""
        {
          "id": "sub_1", "object": "subscription", "application": null,
          "billing_mode": { "type": "classic", "flexible": null },
          "cancel_at": null, "cancel_at_period_end": false, "canceled_at": null,
          "collection_method": "charge_automatically", "created": 1795000000, "currency": "usd",
          "customer": "cus_1", "default_payment_method": "pm_1", "ended_at": null,
          "items": {
            "object": "list",
            "data": [
              {
                "id": "si_1", "object": "subscription_item", "created": 1795000000,
                "current_period_end": 1797592000, "current_period_start": 1795000000, "metadata": {},
                "price": {
                  "id": "price_1", "object": "price", "active": true, "currency": "usd", "lookup_key": null,
                  "product": "prod_1",
                  "recurring": { "interval": "month", "interval_count": 1, "usage_type": "licensed" },
                  "type": "recurring", "unit_amount": 3900, "unit_amount_decimal": "3900"
                },
                "quantity": 3, "subscription": "sub_1"
              }
            ],
            "has_more": false, "url": "/v1/subscription_items?subscription=sub_1"
          },
          "latest_invoice": {{Invoice}},
          "livemode": false, "metadata": { "hydra_tenant_id": "acme" },
          "pause_collection": null, "pending_update": null, "schedule": null, "status": "past_due",
          "trial_end": null, "trial_start": null
        }
        """;

    public const string Customer = """
        {
          "id": "cus_1", "object": "customer", "email": "owner@acme.test", "name": "Acme", "livemode": false,
          "metadata": { "hydra_tenant_id": "acme" }, "created": 1795000000
        }
        """;

    public const string CheckoutSession = """
        {
          "id": "cs_test_1", "object": "checkout.session", "customer": "cus_1", "expires_at": 1795086400,
          "livemode": false, "metadata": null, "mode": "subscription", "payment_status": "unpaid", "status": "open",
          "subscription": null, "url": "https://checkout.test/cs_test_1"
        }
        """;

    public const string Price = """
        {
          "id": "price_1", "object": "price", "active": true, "billing_scheme": "per_unit", "currency": "usd",
          "livemode": false, "lookup_key": "team_monthly", "metadata": {}, "nickname": null, "product": "prod_1",
          "recurring": { "interval": "month", "interval_count": 1, "meter": null, "usage_type": "licensed" },
          "tax_behavior": "unspecified", "type": "recurring", "unit_amount": 3900
        }
        """;

    public const string WebhookEndpoint = """
        {
          "id": "we_1", "object": "webhook_endpoint", "api_version": "2026-10-28.endive", "created": 1795000000,
          "enabled_events": ["invoice.paid"], "livemode": false, "metadata": {}, "secret": "whsec_fresh",
          "status": "enabled", "url": "https://api.test/hook"
        }
        """;

    public const string PortalConfiguration = """
        {
          "id": "bpc_1", "object": "billing_portal.configuration", "active": true, "is_default": false,
          "features": {
            "customer_update": { "allowed_updates": ["email"], "enabled": true },
            "invoice_history": { "enabled": true },
            "payment_method_update": { "enabled": true, "payment_method_configuration": null },
            "subscription_cancel": { "enabled": true, "mode": "at_period_end", "proration_behavior": "none" },
            "subscription_update": {
              "enabled": false, "default_allowed_updates": ["price"], "proration_behavior": "none"
            }
          },
          "metadata": { "interval": "year" }
        }
        """;

    public const string Event = $$"""
        {
          "id": "evt_1", "object": "event", "api_version": "2026-10-28.endive", "created": 1795003600,
          "data": { "object": {{Invoice}} },
          "livemode": false, "pending_webhooks": 1, "request": { "id": "req_1", "idempotency_key": null },
          "type": "invoice.payment_failed"
        }
        """;

    /// <summary>What the client makes of it as the body of a success.</summary>
    public static TFact Read<T, TFact>(byte[] json, Func<T, Shape, TFact> read)
        where T : Sdk.StripeEntity, Sdk.IStripeEntity
    {
        using var handler = new OneAnswer(json);
        using var transport = new StripeTransport(
            SomeStripe.Settings(),
            handler,
            TimeProvider.System,
            NullLogger<StripeClient>.Instance
        );
        var sdk = new Sdk.StripeClient(
            SomeStripe.SecretKey,
            httpClient: new StripeHttp(transport, StripePatience.Interactive)
        );
        var answer = new StripeCalls(sdk, TimeProvider.System).Ask("/v1/x", "x", read, CancellationToken.None);
        return answer.IsCompleted ? answer.GetAwaiter().GetResult().OrThrow() : throw new InvalidOperationException();
    }

    public static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    public static byte[] Utf8(string json) => Encoding.UTF8.GetBytes(json);

    public static string List(bool hasMore, params string[] elements) =>
        $$"""
            {
              "object": "list", "data": [{{string.Join(',', elements)}}], "has_more": {{(hasMore ? "true" : "false")}},
              "url": "/v1/x"
            }
            """;

    /// <summary>The sample with something changed at a path of member names and list indexes.</summary>
    public static byte[] Changed(string json, string path, Action<JsonNode, string> change)
    {
        var root = JsonNode.Parse(json)!;
        var steps = path.Split('.');
        var parent = root;
        foreach (var step in steps[..^1])
        {
            parent = int.TryParse(step, out var index) ? parent[index]! : parent[step]!;
        }

        change(parent, steps[^1]);
        return Utf8(root.ToJsonString());
    }

    public static byte[] Without(string json, string path) =>
        Changed(json, path, (parent, name) => Assert.True(parent.AsObject().Remove(name)));

    public static byte[] With(string json, string path, JsonNode? value) =>
        Changed(
            json,
            path,
            (parent, name) =>
            {
                if (parent is JsonArray elements)
                {
                    elements[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value;
                }
                else
                {
                    parent[name] = value;
                }
            }
        );
}

/// <summary>Answers everything with 200 and one body, at once.</summary>
internal sealed class OneAnswer(byte[] body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) });
}
