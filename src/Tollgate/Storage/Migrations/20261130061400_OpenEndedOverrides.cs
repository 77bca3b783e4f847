using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>An override need not have an end. Going back gives those without one a far one.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130061400_OpenEndedOverrides")]
public sealed class OpenEndedOverrides : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions
                DROP CONSTRAINT subscriptions_override_is_whole,
                ADD CONSTRAINT subscriptions_override_is_whole CHECK (
                    num_nonnulls(override_tier, override_author, override_reason) IN (0, 3)
                    AND (override_until IS NULL OR override_tier IS NOT NULL));
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            UPDATE billing.subscriptions SET override_until = '9999-12-31 00:00:00+00'
            WHERE override_tier IS NOT NULL AND override_until IS NULL;
            ALTER TABLE billing.subscriptions
                DROP CONSTRAINT subscriptions_override_is_whole,
                ADD CONSTRAINT subscriptions_override_is_whole CHECK (
                    num_nonnulls(override_tier, override_author, override_reason, override_until) IN (0, 4));
            """
        );
}
