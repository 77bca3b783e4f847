using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Storage.Migrations;

/// <summary>
/// A row names its paid plan, or none: the free plan may bear any id, or not be there, and the database keeps its rules
/// all the same.
/// </summary>
[DbContext(typeof(TollgateDb))]
[Migration("20261130071600_PaidPlans")]
public sealed class PaidPlans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions
                DROP CONSTRAINT subscriptions_paid_plan_has_subscription,
                DROP CONSTRAINT subscriptions_active_is_not_free,
                ALTER COLUMN plan DROP NOT NULL;
            UPDATE billing.subscriptions SET plan = NULL WHERE plan = 'free';
            ALTER TABLE billing.subscriptions
                ADD CONSTRAINT subscriptions_paid_plan_has_subscription
                    CHECK (plan IS NULL OR subscription_id IS NOT NULL),
                ADD CONSTRAINT subscriptions_active_is_not_free
                    CHECK (status IS DISTINCT FROM 'active' OR plan IS NOT NULL);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            ALTER TABLE billing.subscriptions
                DROP CONSTRAINT subscriptions_paid_plan_has_subscription,
                DROP CONSTRAINT subscriptions_active_is_not_free;
            UPDATE billing.subscriptions SET plan = 'free' WHERE plan IS NULL;
            ALTER TABLE billing.subscriptions
                ALTER COLUMN plan SET NOT NULL,
                ADD CONSTRAINT subscriptions_paid_plan_has_subscription
                    CHECK (plan = 'free' OR subscription_id IS NOT NULL),
                ADD CONSTRAINT subscriptions_active_is_not_free
                    CHECK (status IS DISTINCT FROM 'active' OR plan <> 'free');
            """
        );
}
