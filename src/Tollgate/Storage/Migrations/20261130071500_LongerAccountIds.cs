using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>
/// Account ids of up to 200 characters, in every table that names an account. Only the limit changes, so that no row is
/// written and nothing waits.
/// </summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130071500_LongerAccountIds")]
public sealed class LongerAccountIds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Limit(200));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Limit(64));

    private static string Limit(int characters) =>
        $"""
            DO $$
            DECLARE named record;
            BEGIN
                FOR named IN
                    SELECT column_.table_name FROM information_schema.columns column_
                    JOIN information_schema.tables table_ USING (table_schema, table_name)
                    WHERE table_schema = 'billing' AND column_name = 'account_id' AND table_type = 'BASE TABLE'
                        AND data_type = 'character varying'
                LOOP
                    EXECUTE format(
                        'ALTER TABLE billing.%I ALTER COLUMN account_id TYPE character varying({characters})',
                        named.table_name);
                END LOOP;
            END $$;
            """;
}
