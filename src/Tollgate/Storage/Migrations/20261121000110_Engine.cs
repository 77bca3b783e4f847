using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>The tables that hand-written SQL owns, and the rules that the database itself keeps.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121000110_Engine")]
public sealed class EngineTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DownSql);

    private const string UpSql = """
        -- Owns the uniqueness of Stripe's ids: one customer or subscription belongs to one account, for ever.
        CREATE TABLE billing.stripe_bindings (
            stripe_id text PRIMARY KEY,
            account_id character varying(64) NOT NULL,
            bound_at timestamptz NOT NULL,
            UNIQUE (stripe_id, account_id)
        );
        CREATE INDEX stripe_bindings_by_account ON billing.stripe_bindings (account_id);

        ALTER TABLE billing.accounts ADD CONSTRAINT accounts_customer_is_theirs
            FOREIGN KEY (stripe_customer_id, account_id) REFERENCES billing.stripe_bindings (stripe_id, account_id);

        ALTER TABLE billing.subscriptions
            ADD CONSTRAINT subscriptions_subscription_is_theirs
                FOREIGN KEY (subscription_id, account_id) REFERENCES billing.stripe_bindings (stripe_id, account_id),
            ADD CONSTRAINT subscriptions_status_of_contract
                CHECK (status IN ('active', 'past_due', 'canceled', 'unpaid', 'incomplete')),
            ADD CONSTRAINT subscriptions_paid_plan_has_subscription
                CHECK (plan = 'free' OR subscription_id IS NOT NULL),
            ADD CONSTRAINT subscriptions_active_is_not_free
                CHECK (status IS DISTINCT FROM 'active' OR plan <> 'free'),
            ADD CONSTRAINT subscriptions_seats_not_negative CHECK (seats >= 0);

        -- Who may sync an account (machine time), and when its next deadline falls (billing time).
        CREATE TABLE billing.sync_leases (
            account_id character varying(64) PRIMARY KEY,
            sync_token bigint NOT NULL DEFAULT 0,
            leased_until timestamptz,
            next_due_at timestamptz
        );
        CREATE INDEX sync_leases_due ON billing.sync_leases (next_due_at) WHERE next_due_at IS NOT NULL;

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
            account_id character varying(64),
            claim_token bigint,
            attempts int NOT NULL DEFAULT 0,
            not_before timestamptz NOT NULL,
            settled_at timestamptz
        );
        CREATE INDEX inbox_open_by_customer ON billing.inbox_receipts (customer_id)
            WHERE state IN ('received', 'waiting', 'parked');
        CREATE INDEX inbox_open_by_subscription ON billing.inbox_receipts (subscription_id)
            WHERE state IN ('received', 'waiting', 'parked');
        CREATE INDEX inbox_open ON billing.inbox_receipts (not_before)
            WHERE state IN ('received', 'waiting', 'parked');
        CREATE INDEX inbox_by_account ON billing.inbox_receipts (account_id, received_at);

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

        -- Effects to dispatch after a commit; one row per occurrence.
        CREATE TABLE billing.outbox (
            outbox_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            account_id character varying(64) NOT NULL,
            kind text NOT NULL,
            occurrence text NOT NULL,
            payload jsonb NOT NULL,
            created_at timestamptz NOT NULL,
            state text NOT NULL CHECK (state IN ('pending', 'done', 'dead')),
            attempts int NOT NULL DEFAULT 0,
            not_before timestamptz NOT NULL,
            leased_until timestamptz,
            last_error text,
            settled_at timestamptz,
            UNIQUE (account_id, kind, occurrence)
        );
        CREATE INDEX outbox_pending ON billing.outbox (not_before) WHERE state = 'pending';

        -- What all nodes together may read from Stripe.
        CREATE TABLE billing.stripe_read_budget (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            tokens double precision NOT NULL,
            refilled_at timestamptz NOT NULL
        );
        INSERT INTO billing.stripe_read_budget (tokens, refilled_at) VALUES (0, clock_timestamp());
        """;

    private const string DownSql = """
        ALTER TABLE billing.accounts DROP CONSTRAINT accounts_customer_is_theirs;
        ALTER TABLE billing.subscriptions
            DROP CONSTRAINT subscriptions_subscription_is_theirs,
            DROP CONSTRAINT subscriptions_status_of_contract,
            DROP CONSTRAINT subscriptions_paid_plan_has_subscription,
            DROP CONSTRAINT subscriptions_active_is_not_free,
            DROP CONSTRAINT subscriptions_seats_not_negative;
        DROP TABLE billing.stripe_read_budget, billing.outbox, billing.inbox_payloads, billing.inbox_receipts,
            billing.sync_leases, billing.stripe_bindings;
        """;
}
