using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>One row that readiness writes, to know that the database takes writes.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130061000_WriteProbe")]
public sealed class WriteProbe : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DownSql);

    private const string UpSql = """
        CREATE TABLE billing.write_probe (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            written_at timestamptz NOT NULL
        ) WITH (fillfactor = 10);
        INSERT INTO billing.write_probe (written_at) VALUES (clock_timestamp());
        """;

    private const string DownSql = "DROP TABLE billing.write_probe;";
}
