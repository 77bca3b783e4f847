using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>What wants an operator, one row per case.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121101000_Alerts")]
public sealed class Alerts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE billing.alerts (
                alert_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                -- null for what is nobody's: an event of the other mode, a stalled loop
                account_id character varying(64),
                reason text NOT NULL,
                detail text NOT NULL,
                -- machine time
                raised_at timestamptz NOT NULL,
                resolved_at timestamptz,
                resolved_by text
            );
            CREATE UNIQUE INDEX alerts_open ON billing.alerts (COALESCE(account_id, ''), reason, detail)
                WHERE resolved_at IS NULL;
            CREATE INDEX alerts_by_account ON billing.alerts (account_id, raised_at);
            CREATE INDEX inbox_unresolved ON billing.inbox_receipts (account_id, state, reason)
                WHERE state IN ('quarantined', 'dead');
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX billing.inbox_unresolved; DROP TABLE billing.alerts;");
}
