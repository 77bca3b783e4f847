using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Every word that switched billing off or on; the last one holds.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121101200_Switches")]
public sealed class Switches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE billing.switches (
                switch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                is_on boolean NOT NULL,
                why text NOT NULL,
                author text NOT NULL,
                -- machine time
                set_at timestamptz NOT NULL
            );
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE billing.switches;");
}
