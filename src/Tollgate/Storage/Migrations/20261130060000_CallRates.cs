using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>
/// How often who called, for all nodes. It is not logged: after a crash everybody may call again, which harms nobody.
/// </summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130060000_CallRates")]
public sealed class CallRates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE UNLOGGED TABLE billing.call_rates (
                key text PRIMARY KEY,
                -- machine time
                spent_until timestamptz NOT NULL
            );
            CREATE INDEX call_rates_by_end ON billing.call_rates (spent_until);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE billing.call_rates;");
}
