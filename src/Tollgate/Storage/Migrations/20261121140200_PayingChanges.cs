using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>The rows of the audit in which a price or its seats began or ceased to pay, by time; few of all.</summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261121140200_PayingChanges")]
public sealed class PayingChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            -- the seats, price and currency that a state pays for; null where it pays for none
            CREATE FUNCTION billing.paying(state jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT CASE WHEN state->>'Status' IN ('Active', 'PastDue')
                    AND state->>'StripeStatus' IS DISTINCT FROM 'trialing'
                    THEN COALESCE(state->>'Seats', '0') || ' ' || COALESCE(state->>'PriceId', '')
                        || ' ' || COALESCE(state->>'Currency', '') END
            $$;
            CREATE INDEX audit_of_paying ON billing.audit (at)
                WHERE billing.paying(before) IS DISTINCT FROM billing.paying(after);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX billing.audit_of_paying; DROP FUNCTION billing.paying(jsonb);");
}
