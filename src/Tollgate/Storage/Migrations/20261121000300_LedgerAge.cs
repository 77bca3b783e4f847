using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>
/// Finds the ledger's oldest entries. Entries are settled about in the order in which they stand, so a block range index
/// does it: next to no size, and next to nothing for each run.
/// </summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121000300_LedgerAge")]
public sealed class LedgerAge : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE INDEX reservations_settled ON billing.reservations USING brin (settled_at)
                WITH (autosummarize = on, pages_per_range = 32);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX billing.reservations_settled;");
}
