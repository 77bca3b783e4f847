namespace Tollgate.Storage.Tables;

/// <summary>
/// The counters of metered use, the ledger of reservations that they sum up, and how often who called.
/// </summary>
internal static class MeterTables
{
    public const string Up = """
        -- One row per account and meter. The meters of one window group have the same window, and are written together.
        CREATE TABLE billing.meters (
            account_id character varying(200) NOT NULL,
            meter text NOT NULL,
            window_group text NOT NULL,
            -- null until the first use
            window_ends_at timestamptz,
            -- grows with every window; says which reservations this row counts, even where two windows end together
            window_no int NOT NULL DEFAULT 0,
            used int NOT NULL DEFAULT 0,
            reserved int NOT NULL DEFAULT 0,
            -- what the paid plan grants until plan_until (which may be 'infinity'); a null limit is unlimited
            plan_limit int,
            plan_until timestamptz,
            -- units given back in the last 24 hours, at most as many as the daily cap
            recent_releases timestamptz[] NOT NULL DEFAULT '{}',
            -- the window holds runs that were made while billing was off, so that they never count as a debt
            unenforced boolean NOT NULL DEFAULT false,
            PRIMARY KEY (account_id, meter),
            CONSTRAINT meters_used_not_negative CHECK (used >= 0),
            CONSTRAINT meters_reserved_not_negative CHECK (reserved >= 0)
        ) WITH (fillfactor = 70);
        CREATE INDEX meters_due ON billing.meters (window_ends_at) WHERE plan_until IS NULL;
        CREATE INDEX meters_unenforced ON billing.meters (account_id) WHERE unenforced;

        -- One row per run. Written only under the lock of its meter's row.
        CREATE TABLE billing.reservations (
            account_id character varying(200) NOT NULL,
            meter text NOT NULL,
            key text NOT NULL,
            state text NOT NULL,
            window_no int NOT NULL,
            window_ends_at timestamptz NOT NULL,
            -- machine time
            leased_until timestamptz NOT NULL,
            late boolean NOT NULL DEFAULT false,
            -- billing time
            settled_at timestamptz,
            PRIMARY KEY (account_id, meter, key),
            CONSTRAINT reservations_state CHECK (state IN ('reserved', 'committed', 'released', 'expired'))
        );
        CREATE INDEX reservations_live ON billing.reservations (account_id, meter, leased_until)
            WHERE state = 'reserved';
        CREATE INDEX reservations_settled ON billing.reservations USING brin (settled_at)
            WITH (autosummarize = on, pages_per_range = 32);

        -- For all nodes. It is not logged: after a crash everybody may call again, which harms nobody.
        CREATE UNLOGGED TABLE billing.call_rates (
            key text PRIMARY KEY,
            -- machine time
            spent_until timestamptz NOT NULL
        );
        CREATE INDEX call_rates_by_end ON billing.call_rates (spent_until);
        """;

    public const string Down = "DROP TABLE billing.call_rates, billing.reservations, billing.meters;";
}
