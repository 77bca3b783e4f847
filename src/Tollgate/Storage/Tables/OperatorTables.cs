namespace Tollgate.Storage.Tables;

/// <summary>What operators decide, what a reconcile found, and what the nodes share to stay healthy.</summary>
internal static class OperatorTables
{
    public const string Up = """
        CREATE TABLE billing.switches (
            switch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            is_on boolean NOT NULL,
            why text NOT NULL,
            author text NOT NULL,
            -- machine time
            set_at timestamptz NOT NULL
        );

        CREATE TABLE billing.operator_actions (
            action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- billing time
            at timestamptz NOT NULL,
            author text NOT NULL,
            action text NOT NULL,
            -- null for what is nobody's: the switch, an event of no account
            account_id character varying(200),
            subject text NOT NULL,
            why text NOT NULL,
            -- 'done', 'failed' or the code of the refusal; null while it is not known to have ended
            outcome text
        );
        CREATE INDEX operator_actions_by_account ON billing.operator_actions (account_id, action_id);

        CREATE TABLE billing.reconcile_runs (
            run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            is_dry_run boolean NOT NULL,
            -- machine time
            started_at timestamptz NOT NULL,
            finished_at timestamptz,
            leased_until timestamptz,
            token bigint NOT NULL DEFAULT 0,
            -- the last account and the last of Stripe's customers that were compared
            account_cursor text NOT NULL DEFAULT '',
            customer_cursor text,
            accounts_compared int NOT NULL DEFAULT 0,
            repaired int NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX reconcile_runs_one_open ON billing.reconcile_runs ((true)) WHERE finished_at IS NULL;

        CREATE TABLE billing.reconcile_findings (
            run_id bigint NOT NULL REFERENCES billing.reconcile_runs,
            -- account, customer or subscription that it was found on
            subject text NOT NULL,
            kind text NOT NULL,
            account_id character varying(200),
            before jsonb,
            after jsonb,
            found_at timestamptz NOT NULL,
            PRIMARY KEY (run_id, subject, kind)
        );

        -- What all nodes together may read from Stripe.
        CREATE TABLE billing.stripe_read_budget (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            tokens double precision NOT NULL,
            refilled_at timestamptz NOT NULL
        );
        INSERT INTO billing.stripe_read_budget (tokens, refilled_at) VALUES (0, clock_timestamp());

        -- One row that readiness writes, to know that the database takes writes.
        CREATE TABLE billing.write_probe (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            written_at timestamptz NOT NULL
        ) WITH (fillfactor = 10);
        INSERT INTO billing.write_probe (written_at) VALUES (clock_timestamp());
        """;

    public const string Down = """
        DROP TABLE billing.write_probe, billing.stripe_read_budget, billing.reconcile_findings, billing.reconcile_runs,
            billing.operator_actions, billing.switches;
        """;
}
