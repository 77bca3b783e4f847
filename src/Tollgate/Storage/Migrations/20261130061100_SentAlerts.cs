using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Which alerts were sent to whoever runs the product.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130061100_SentAlerts")]
public sealed class SentAlerts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DownSql);

    private const string UpSql = """
        -- machine time, as the rest of the row
        ALTER TABLE billing.alerts ADD COLUMN sent_at timestamptz,
            ADD COLUMN send_not_before timestamptz NOT NULL DEFAULT '-infinity';
        CREATE INDEX alerts_unsent ON billing.alerts (alert_id) WHERE sent_at IS NULL AND resolved_at IS NULL;
        """;

    private const string DownSql = """
        DROP INDEX billing.alerts_unsent;
        ALTER TABLE billing.alerts DROP COLUMN sent_at, DROP COLUMN send_not_before;
        """;
}
