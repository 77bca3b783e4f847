using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>What administrators did from their pages, and the indexes that those pages search by.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121130500_OperatorActions")]
public sealed class OperatorActions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE billing.operator_actions (
                action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                -- billing time
                at timestamptz NOT NULL,
                author text NOT NULL,
                action text NOT NULL,
                -- null for what is nobody's: the switch, an event of no account
                account_id character varying(64),
                subject text NOT NULL,
                why text NOT NULL,
                -- 'done', 'failed' or the code of the refusal; null while it is not known to have ended
                outcome text
            );
            CREATE INDEX operator_actions_by_account ON billing.operator_actions (account_id, action_id);

            -- by the beginnings of words, in any order
            CREATE INDEX accounts_search ON billing.accounts
                USING gin (to_tsvector('simple', name || ' ' || replace(billing_email, '@', ' ')));
            CREATE INDEX audit_by_time ON billing.audit USING brin (at) WITH (autosummarize = on, pages_per_range = 32);
            CREATE INDEX inbox_by_time ON billing.inbox_receipts (received_at, event_id);
            CREATE INDEX inbox_of_no_account ON billing.inbox_receipts (customer_id)
                WHERE account_id IS NULL AND state IN ('ignored', 'quarantined', 'dead');
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            DROP INDEX billing.inbox_of_no_account, billing.inbox_by_time, billing.audit_by_time,
                billing.accounts_search;
            DROP TABLE billing.operator_actions;
            """
        );
}
