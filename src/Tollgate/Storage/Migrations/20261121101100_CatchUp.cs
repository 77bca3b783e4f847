using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>How far Stripe's list of events was recorded, in one row.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121101100_CatchUp")]
public sealed class CatchUp : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE billing.catch_up (
                single boolean PRIMARY KEY DEFAULT true CHECK (single),
                -- billing time: all that Stripe made before is recorded; null until the first run ended
                caught_up_to timestamptz,
                -- machine time
                finished_at timestamptz,
                leased_until timestamptz,
                token bigint NOT NULL DEFAULT 0
            );
            INSERT INTO billing.catch_up DEFAULT VALUES;
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE billing.catch_up;");
}
