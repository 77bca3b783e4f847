namespace Tollgate.Storage.Tables;

/// <summary>What is to be done after a commit: effects, mails, alerts.</summary>
internal static class EffectTables
{
    public const string Up = """
        -- Effects to dispatch after a commit; one row per occurrence.
        CREATE TABLE billing.outbox (
            outbox_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            account_id character varying(200) NOT NULL,
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
            -- the trace that made it, for whoever takes it up; null while nobody records traces
            trace_parent text,
            UNIQUE (account_id, kind, occurrence)
        );
        CREATE INDEX outbox_pending ON billing.outbox (not_before) WHERE state = 'pending';
        CREATE INDEX outbox_dead ON billing.outbox (outbox_id) WHERE state = 'dead';

        -- One row per mail, at most one per account, kind and occurrence; it stays when all is said.
        CREATE TABLE billing.mails (
            mail_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            account_id character varying(200) NOT NULL,
            kind text NOT NULL,
            occurrence text NOT NULL,
            -- mails of one episode have it in common; of those that are due, only the newest is sent
            episode text NOT NULL,
            about jsonb NOT NULL,
            -- billing time
            due_at timestamptz NOT NULL,
            -- machine time, like all below
            queued_at timestamptz NOT NULL,
            state text NOT NULL CHECK (state IN ('waiting', 'sent', 'superseded', 'unknown', 'dead')),
            reason text,
            attempts int NOT NULL DEFAULT 0,
            not_before timestamptz NOT NULL,
            leased_until timestamptz,
            first_tried_at timestamptz,
            -- what was handed to the provider, the same at every attempt
            message jsonb,
            -- since when the provider may have it without our knowing
            unsure_since timestamptz,
            provider_id text,
            settled_at timestamptz,
            -- as an effect's
            trace_parent text,
            UNIQUE (account_id, kind, occurrence)
        );
        CREATE INDEX mails_waiting ON billing.mails (due_at) WHERE state = 'waiting';
        CREATE INDEX mails_by_episode ON billing.mails (account_id, kind, episode);
        -- finds the texts that have become too old to be kept
        CREATE INDEX mails_with_text ON billing.mails (settled_at) WHERE message IS NOT NULL AND state <> 'waiting';

        CREATE TABLE billing.alerts (
            alert_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- null for what is nobody's: an event of the other mode, a stalled loop
            account_id character varying(200),
            reason text NOT NULL,
            detail text NOT NULL,
            -- machine time, like all below
            raised_at timestamptz NOT NULL,
            resolved_at timestamptz,
            resolved_by text,
            -- to whoever runs the product
            sent_at timestamptz,
            send_not_before timestamptz NOT NULL DEFAULT '-infinity'
        );
        CREATE UNIQUE INDEX alerts_open ON billing.alerts (COALESCE(account_id, ''), reason, detail)
            WHERE resolved_at IS NULL;
        CREATE INDEX alerts_unsent ON billing.alerts (alert_id) WHERE sent_at IS NULL AND resolved_at IS NULL;
        CREATE INDEX alerts_by_account ON billing.alerts (account_id, raised_at);
        """;

    public const string Down = "DROP TABLE billing.alerts, billing.mails, billing.outbox;";
}
