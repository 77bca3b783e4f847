using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>What finds the bodies that have become too old to be kept.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130061200_Retention")]
public sealed class Retention : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DownSql);

    private const string UpSql = """
        -- rows come in the order of their time, so a block range says where the old ones lie
        CREATE INDEX inbox_by_age ON billing.inbox_receipts USING brin (received_at);
        CREATE INDEX mails_with_text ON billing.mails (settled_at) WHERE message IS NOT NULL AND state <> 'waiting';
        """;

    private const string DownSql = """
        DROP INDEX billing.inbox_by_age;
        DROP INDEX billing.mails_with_text;
        """;
}
