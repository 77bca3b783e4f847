using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>
/// How often an account's name or billing e-mail has changed, so that each change is dispatched once.
/// </summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121140100_BillingContacts")]
public sealed class BillingContacts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.accounts ADD COLUMN contact_version bigint NOT NULL DEFAULT 0;");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.accounts DROP COLUMN contact_version;");
}
