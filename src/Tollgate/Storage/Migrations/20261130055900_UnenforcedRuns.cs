using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Which windows hold runs that were made while billing was off, so that they never count as a debt.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130055900_UnenforcedRuns")]
public sealed class UnenforcedRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.meters ADD COLUMN unenforced boolean NOT NULL DEFAULT false;
            CREATE INDEX meters_unenforced ON billing.meters (account_id) WHERE unenforced;
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.meters DROP COLUMN unenforced;");
}
