using Tollgate;

namespace ImportCsv.Cloud;

/// <summary>The relations <c>users</c> and <c>usage_records</c>, as people who type SQL know them.</summary>
internal static class ContractViews
{
    /// <summary>
    /// Without a subscription a user is on free and active. Who did not pay within the grace is <c>paused</c> (decision
    /// S15).
    /// </summary>
    public static ContractView Users { get; } =
        new(
            "public.users",
            """
            SELECT account.account_id AS user_id, account.billing_email AS email,
                account.stripe_customer_id, state.subscription_id,
                coalesce(state.override_tier, state.plan, 'free') AS subscription_tier,
                CASE
                    WHEN state.override_tier IS NOT NULL THEN 'active'
                    WHEN state.status IN ('past_due', 'unpaid') AND state.plan IS NULL THEN 'paused'
                    WHEN state.status IN ('past_due', 'unpaid') THEN 'past_due'
                    WHEN state.status = 'canceled' THEN 'canceled'
                    ELSE 'active'
                END AS subscription_status,
                state.past_due_since + interval '7 days' AS grace_period_ends_at
            FROM billing.accounts account
            LEFT JOIN billing.subscriptions state ON state.account_id = account.account_id
            """
        );

    public static ContractView UsageRecords { get; } =
        new(
            "public.usage_records",
            """
            SELECT user_id, month, imports, rows, max_rows_in_single_import FROM importcsv.usage_records
            """
        );
}
