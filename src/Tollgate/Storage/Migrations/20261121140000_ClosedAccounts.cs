using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>When an account was closed.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121140000_ClosedAccounts")]
public sealed class ClosedAccounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.accounts ADD COLUMN closed_at timestamptz;");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.accounts DROP COLUMN closed_at;");
}
