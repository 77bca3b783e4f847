namespace Tollgate.Load.Plain;

/// <summary>The tables of what somebody would write instead, each in a database of its own.</summary>
internal static class PlainTables
{
    public const string Events = """
        CREATE TABLE IF NOT EXISTS events (
            id text PRIMARY KEY,
            type text NOT NULL,
            customer text NOT NULL,
            received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            body bytea COMPRESSION lz4 NOT NULL
        );
        CREATE TABLE IF NOT EXISTS statuses (
            customer text PRIMARY KEY,
            event_id text NOT NULL,
            changed_at timestamptz NOT NULL
        ) WITH (fillfactor = 70);
        """;

    public const string Usage = """
        CREATE TABLE meters (
            account text PRIMARY KEY,
            usage_limit int NOT NULL,
            used int NOT NULL DEFAULT 0,
            reserved int NOT NULL DEFAULT 0
        ) WITH (fillfactor = 70);
        CREATE TABLE reservations (
            account text NOT NULL,
            key text NOT NULL,
            state text NOT NULL,
            leased_until timestamptz NOT NULL,
            PRIMARY KEY (account, key)
        );
        """;
}
