namespace Tollgate.IntegrationTests.Reconciliation;

/// <summary>Events and objects as Stripe makes them, and the alerts that some must have.</summary>
internal static class SampleEvents
{
    /// <summary>Counts what is quarantined, given up or parked for too long although no alert says so (L02).</summary>
    public const string WithoutAlert = """
        SELECT count(*) FROM billing.inbox_receipts event
        WHERE (state IN ('quarantined', 'dead')
                OR state = 'parked' AND received_at < clock_timestamp() - interval '7 days 1 minute')
            AND NOT EXISTS (
                SELECT FROM billing.alerts alert
                WHERE alert.resolved_at IS NULL
                    AND alert.account_id IS NOT DISTINCT FROM event.account_id
                    AND alert.reason = CASE event.state WHEN 'dead' THEN 'event_failed' ELSE event.reason END)
        """;

    public static string Event(
        string id,
        string type = "customer.subscription.updated",
        string customer = "cus_unknown"
    ) =>
        $$$"""
            {"id":"{{{id}}}","object":"event","api_version":"2026-10-28.endive","created":1795237430,"livemode":false,
            "pending_webhooks":1,"request":null,"type":"{{{type}}}",
            "data":{"object":{"id":"sub_1","object":"subscription","customer":"{{{customer}}}" }
            } }
            """;

    public static async Task<string> PriceNobodyKnowsAsync(HydraHost hydra)
    {
        var product = await hydra.Stripe.PostAsync("/v1/products", ("name", "By hand"));
        var price = await hydra.Stripe.PostAsync(
            "/v1/prices",
            ("product", product.GetProperty("id").GetString()!),
            ("currency", "usd"),
            ("unit_amount", "100"),
            ("recurring[interval]", "month")
        );
        return price.GetProperty("id").GetString()!;
    }
}
