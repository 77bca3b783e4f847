using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Changes that wait for their payment to be confirmed.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130063000_PendingChanges")]
public sealed class PendingChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions ADD COLUMN pending_change jsonb;
            ALTER TABLE billing.quotes ADD COLUMN payment_url text, ADD COLUMN payment_expires_at timestamptz;
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions DROP COLUMN pending_change;
            ALTER TABLE billing.quotes DROP COLUMN payment_url, DROP COLUMN payment_expires_at;
            """
        );
}
