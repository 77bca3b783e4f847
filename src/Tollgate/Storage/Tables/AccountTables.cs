namespace Tollgate.Storage.Tables;

/// <summary>
/// Whose Stripe's ids are, who may sync an account, and what the database itself keeps of the accounts and
/// subscriptions that EF Core maps.
/// </summary>
internal static class AccountTables
{
    public const string Up = """
        -- Owns the uniqueness of Stripe's ids: one customer or subscription belongs to one account, for ever.
        CREATE TABLE billing.stripe_bindings (
            stripe_id text PRIMARY KEY,
            account_id character varying(200) NOT NULL,
            bound_at timestamptz NOT NULL,
            UNIQUE (stripe_id, account_id)
        );
        CREATE INDEX stripe_bindings_by_account ON billing.stripe_bindings (account_id);

        -- Who may sync an account (machine time), and when its next deadline falls (billing time).
        CREATE TABLE billing.sync_leases (
            account_id character varying(200) PRIMARY KEY,
            sync_token bigint NOT NULL DEFAULT 0,
            leased_until timestamptz,
            next_due_at timestamptz
        );
        CREATE INDEX sync_leases_due ON billing.sync_leases (next_due_at) WHERE next_due_at IS NOT NULL;

        CREATE TABLE billing.account_syncs (
            sync_id bigint GENERATED ALWAYS AS IDENTITY,
            account_id character varying(200) NOT NULL,
            -- billing time
            at timestamptz NOT NULL,
            cause text NOT NULL,
            facts text NOT NULL,
            outcome text NOT NULL,
            PRIMARY KEY (account_id, sync_id)
        );

        ALTER TABLE billing.accounts
            ADD COLUMN contact_version bigint NOT NULL DEFAULT 0,
            ADD CONSTRAINT accounts_customer_is_theirs
                FOREIGN KEY (stripe_customer_id, account_id) REFERENCES billing.stripe_bindings (stripe_id, account_id);
        -- by the beginnings of words, in any order
        CREATE INDEX accounts_search ON billing.accounts
            USING gin (to_tsvector('simple', name || ' ' || replace(billing_email, '@', ' ')));

        -- A row names its paid plan, or none: the free plan may bear any id, or not be there. An override need not
        -- have an end.
        ALTER TABLE billing.subscriptions
            ALTER COLUMN stale SET DEFAULT '{}',
            ADD CONSTRAINT subscriptions_subscription_is_theirs
                FOREIGN KEY (subscription_id, account_id) REFERENCES billing.stripe_bindings (stripe_id, account_id),
            ADD CONSTRAINT subscriptions_status_of_contract
                CHECK (status IN ('active', 'past_due', 'canceled', 'unpaid', 'incomplete')),
            ADD CONSTRAINT subscriptions_paid_plan_has_subscription
                CHECK (plan IS NULL OR subscription_id IS NOT NULL),
            ADD CONSTRAINT subscriptions_active_is_not_free
                CHECK (status IS DISTINCT FROM 'active' OR plan IS NOT NULL),
            ADD CONSTRAINT subscriptions_seats_not_negative CHECK (seats >= 0),
            ADD CONSTRAINT subscriptions_override_is_whole CHECK (
                num_nonnulls(override_tier, override_author, override_reason) IN (0, 3)
                AND (override_until IS NULL OR override_tier IS NOT NULL));

        ALTER TABLE billing.open_checkouts ALTER COLUMN trial_days SET DEFAULT 0;

        CREATE INDEX audit_by_time ON billing.audit USING brin (at) WITH (autosummarize = on, pages_per_range = 32);
        -- the seats, price and currency that a state pays for; null where it pays for none
        CREATE FUNCTION billing.paying(state jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE WHEN state->>'Status' IN ('Active', 'PastDue')
                AND state->>'StripeStatus' IS DISTINCT FROM 'trialing'
                THEN COALESCE(state->>'Seats', '0') || ' ' || COALESCE(state->>'PriceId', '')
                    || ' ' || COALESCE(state->>'Currency', '') END
        $$;
        CREATE INDEX audit_of_paying ON billing.audit (at)
            WHERE billing.paying(before) IS DISTINCT FROM billing.paying(after);
        """;

    /// <summary>After the tables that EF Core maps are gone, with what leans on these.</summary>
    public const string Down = """
        DROP FUNCTION billing.paying(jsonb);
        DROP TABLE billing.account_syncs, billing.sync_leases, billing.stripe_bindings;
        """;
}
