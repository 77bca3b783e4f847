using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Which parts of an account Stripe would not say when it was last asked.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130060800_StaleParts")]
public sealed class StaleParts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.subscriptions ADD COLUMN stale text[] NOT NULL DEFAULT '{}';");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE billing.subscriptions DROP COLUMN stale;");
}
