using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>The trace that made a row which waits, for whoever takes it up; null while nobody records traces.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121161500_Traces")]
public sealed class Traces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.inbox_receipts ADD COLUMN trace_parent text;
            ALTER TABLE billing.outbox ADD COLUMN trace_parent text;
            ALTER TABLE billing.mails ADD COLUMN trace_parent text;
            CREATE INDEX outbox_dead ON billing.outbox (outbox_id) WHERE state = 'dead';
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            DROP INDEX billing.outbox_dead;
            ALTER TABLE billing.inbox_receipts DROP COLUMN trace_parent;
            ALTER TABLE billing.outbox DROP COLUMN trace_parent;
            ALTER TABLE billing.mails DROP COLUMN trace_parent;
            """
        );
}
