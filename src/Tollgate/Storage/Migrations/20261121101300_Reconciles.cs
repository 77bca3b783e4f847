using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>Runs of the reconcile, how far each has come, and what it found.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121101300_Reconciles")]
public sealed class Reconciles : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE billing.reconcile_runs (
                run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                is_dry_run boolean NOT NULL,
                -- machine time
                started_at timestamptz NOT NULL,
                finished_at timestamptz,
                leased_until timestamptz,
                token bigint NOT NULL DEFAULT 0,
                -- the last account and the last of Stripe's customers that were compared
                account_cursor text NOT NULL DEFAULT '',
                customer_cursor text,
                accounts_compared int NOT NULL DEFAULT 0,
                repaired int NOT NULL DEFAULT 0
            );
            CREATE UNIQUE INDEX reconcile_runs_one_open ON billing.reconcile_runs ((true)) WHERE finished_at IS NULL;

            CREATE TABLE billing.reconcile_findings (
                run_id bigint NOT NULL REFERENCES billing.reconcile_runs,
                -- account, customer or subscription that it was found on
                subject text NOT NULL,
                kind text NOT NULL,
                account_id character varying(64),
                before jsonb,
                after jsonb,
                found_at timestamptz NOT NULL,
                PRIMARY KEY (run_id, subject, kind)
            );
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE billing.reconcile_findings, billing.reconcile_runs;");
}
