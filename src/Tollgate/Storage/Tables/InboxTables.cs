namespace Tollgate.Storage.Tables;

/// <summary>Stripe's events as they came, and how far its list of them was read.</summary>
internal static class InboxTables
{
    public const string Up = """
        -- Every verified event, for ever; the bytes stand apart, by month.
        CREATE TABLE billing.inbox_receipts (
            event_id text PRIMARY KEY,
            type text NOT NULL,
            stripe_created_at timestamptz,
            api_version text,
            object_id text,
            customer_id text,
            subscription_id text,
            received_at timestamptz NOT NULL,
            state text NOT NULL CHECK
                (state IN ('received', 'waiting', 'parked', 'applied', 'ignored', 'quarantined', 'dead')),
            reason text,
            account_id character varying(200),
            claim_token bigint,
            attempts int NOT NULL DEFAULT 0,
            not_before timestamptz NOT NULL,
            settled_at timestamptz,
            -- the trace that recorded it, for whoever takes it up; null while nobody records traces
            trace_parent text
        );
        CREATE INDEX inbox_open_by_customer ON billing.inbox_receipts (customer_id)
            WHERE state IN ('received', 'waiting', 'parked');
        CREATE INDEX inbox_open_by_subscription ON billing.inbox_receipts (subscription_id)
            WHERE state IN ('received', 'waiting', 'parked');
        -- without what is parked: that may be much, and waits for a binding
        CREATE INDEX inbox_open ON billing.inbox_receipts (not_before) WHERE state IN ('received', 'waiting');
        CREATE INDEX inbox_by_account ON billing.inbox_receipts (account_id, received_at)
            WHERE account_id IS NOT NULL;
        CREATE INDEX inbox_by_time ON billing.inbox_receipts (received_at, event_id);
        CREATE INDEX inbox_of_no_account ON billing.inbox_receipts (customer_id)
            WHERE account_id IS NULL AND state IN ('ignored', 'quarantined', 'dead');
        CREATE INDEX inbox_unresolved ON billing.inbox_receipts (account_id, state, reason)
            WHERE state IN ('quarantined', 'dead');
        -- rows come in the order of their time, so a block range says where those lie whose bodies are too old to keep
        CREATE INDEX inbox_by_age ON billing.inbox_receipts USING brin (received_at);

        CREATE TABLE billing.inbox_payloads (
            event_id text NOT NULL,
            received_month date NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (event_id, received_month)
        ) PARTITION BY RANGE (received_month);
        CREATE TABLE billing.inbox_payloads_other PARTITION OF billing.inbox_payloads DEFAULT;
        DO $$ BEGIN
            ALTER TABLE billing.inbox_payloads ALTER COLUMN body SET COMPRESSION lz4;
            ALTER TABLE billing.inbox_payloads_other ALTER COLUMN body SET COMPRESSION lz4;
        EXCEPTION WHEN feature_not_supported THEN
            RAISE NOTICE 'This server has no lz4; event bytes are kept with pglz.';
        END $$;

        CREATE TABLE billing.catch_up (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            -- billing time: all that Stripe made before is recorded; null until the first run ended
            caught_up_to timestamptz,
            -- machine time
            finished_at timestamptz,
            leased_until timestamptz,
            token bigint NOT NULL DEFAULT 0
        );
        INSERT INTO billing.catch_up DEFAULT VALUES;
        """;

    public const string Down = "DROP TABLE billing.catch_up, billing.inbox_payloads, billing.inbox_receipts;";
}
