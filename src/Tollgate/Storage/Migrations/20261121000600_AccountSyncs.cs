using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>What Stripe said each time it was asked, for whoever has to explain an account.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121000600_AccountSyncs")]
public sealed class AccountSyncs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UpSql);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE billing.account_syncs;");

    private const string UpSql = """
        CREATE TABLE billing.account_syncs (
            sync_id bigint GENERATED ALWAYS AS IDENTITY,
            account_id character varying(64) NOT NULL,
            -- billing time
            at timestamptz NOT NULL,
            cause text NOT NULL,
            facts text NOT NULL,
            outcome text NOT NULL,
            PRIMARY KEY (account_id, sync_id)
        );
        """;
}
