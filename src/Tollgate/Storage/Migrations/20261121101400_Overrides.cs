using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>An administrator's tier beside the projected one.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121101400_Overrides")]
public sealed class Overrides : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions
                ADD COLUMN override_tier text,
                ADD COLUMN override_author text,
                ADD COLUMN override_reason text,
                ADD COLUMN override_until timestamptz,
                ADD CONSTRAINT subscriptions_override_is_whole CHECK (
                    num_nonnulls(override_tier, override_author, override_reason, override_until) IN (0, 4));
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions
                DROP COLUMN override_tier,
                DROP COLUMN override_author,
                DROP COLUMN override_reason,
                DROP COLUMN override_until;
            """
        );
}
