using Tollgate;

namespace Hydra.Tenants;

/// <summary>
/// The relation <c>tenants</c> with the eleven columns that support, runbooks and integrity queries rely on.
/// </summary>
internal static class TenantsView
{
    public static ContractView View { get; } =
        new(
            "public.tenants",
            """
            SELECT account.account_id AS tenant_id, account.name, account.billing_email,
                COALESCE(fix.used, 0) AS free_tier_fixes_used,
                COALESCE(doc_run.used, 0) AS free_tier_doc_runs_used,
                COALESCE(linear_cycle.used, 0) AS free_tier_cycles_used,
                fix.window_ends_at AS free_tier_reset_at,
                account.stripe_customer_id,
                state.subscription_id AS stripe_subscription_id,
                state.status AS stripe_subscription_status,
                state.price_id AS stripe_price_id,
                state.paid_through AS stripe_current_period_end,
                state.seats AS stripe_seat_count,
                COALESCE(state.override_tier, state.plan, 'free') AS plan_tier,
                state.past_due_since
            FROM billing.accounts account
            LEFT JOIN billing.subscriptions state ON state.account_id = account.account_id
            LEFT JOIN billing.meters fix ON fix.account_id = account.account_id AND fix.meter = 'fix'
            LEFT JOIN billing.meters doc_run ON doc_run.account_id = account.account_id AND doc_run.meter = 'doc_run'
            LEFT JOIN billing.meters linear_cycle
                ON linear_cycle.account_id = account.account_id AND linear_cycle.meter = 'linear_cycle'
            """
        )
        {
            // meters_due holds the meters of whoever is on a plan without a grant, which is what plan_tier = 'free' is
            IndexNames = new Dictionary<string, string>
            {
                ["accounts_by_customer"] = "idx_tenants_stripe_customer_id",
                ["subscriptions_by_subscription"] = "idx_tenants_stripe_subscription_id",
                ["meters_due"] = "idx_tenants_free_tier_reset_at",
            },
        };
}
