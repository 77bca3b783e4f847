using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>The mails: pending, sent, or superseded.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121000400_Mails")]
public sealed class Mails : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DownSql);

    private const string UpSql = """
        -- One row per mail, at most one per account, kind and occurrence; it stays when all is said.
        CREATE TABLE billing.mails (
            mail_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            account_id character varying(64) NOT NULL,
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
            UNIQUE (account_id, kind, occurrence)
        );
        CREATE INDEX mails_waiting ON billing.mails (due_at) WHERE state = 'waiting';
        CREATE INDEX mails_by_episode ON billing.mails (account_id, kind, episode);
        """;

    private const string DownSql = "DROP TABLE billing.mails;";
}
