using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Tollgate.Storage.Tables;

#nullable disable

namespace Tollgate.Storage.Migrations
{
    /// <inheritdoc />
    internal partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "billing");

            migrationBuilder.CreateTable(
                name: "accounts",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    billing_email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stripe_customer_id = table.Column<string>(type: "text", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "billing",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: false),
                    after = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => new { x.account_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "customer_intents",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customer_intents", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                schema: "billing",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "open_checkouts",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: false),
                    price = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    seats_min = table.Column<int>(type: "integer", nullable: false),
                    trial_days = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    session_id = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_open_checkouts", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "quotes",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    proration_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    price = table.Column<string>(type: "text", nullable: false),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    subscription_id = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    item_id = table.Column<string>(type: "text", nullable: false),
                    price_id = table.Column<string>(type: "text", nullable: false),
                    is_invoiced_at_once = table.Column<bool>(type: "boolean", nullable: false),
                    period_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    amount_due = table.Column<long>(type: "bigint", nullable: false),
                    due_now = table.Column<long>(type: "bigint", nullable: false),
                    next_invoice_total = table.Column<long>(type: "bigint", nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    invoice_id = table.Column<string>(type: "text", nullable: true),
                    applied_amount = table.Column<long>(type: "bigint", nullable: true),
                    payment_url = table.Column<string>(type: "text", nullable: true),
                    payment_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_quotes", x => new { x.account_id, x.kind, x.proration_date, x.price, x.seats });
                });

            migrationBuilder.CreateTable(
                name: "scheduled_changes",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subscription_id = table.Column<string>(type: "text", nullable: false),
                    price = table.Column<string>(type: "text", nullable: false),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    effective_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    schedule_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheduled_changes", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                schema: "billing",
                columns: table => new
                {
                    account_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    plan = table.Column<string>(type: "text", nullable: true),
                    subscription_id = table.Column<string>(type: "text", nullable: true),
                    stripe_status = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: true),
                    price_id = table.Column<string>(type: "text", nullable: true),
                    billing_interval = table.Column<string>(type: "text", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: true),
                    paid_through = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    past_due_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trial_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    schedule_id = table.Column<string>(type: "text", nullable: true),
                    pending_change = table.Column<string>(type: "jsonb", nullable: true),
                    add_ons = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    refunds_and_disputes = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    entitlements = table.Column<string[]>(type: "text[]", nullable: false),
                    stale = table.Column<string[]>(type: "text[]", nullable: false),
                    override_tier = table.Column<string>(type: "text", nullable: true),
                    override_author = table.Column<string>(type: "text", nullable: true),
                    override_reason = table.Column<string>(type: "text", nullable: true),
                    override_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subscriptions", x => x.account_id);
                });

            migrationBuilder.CreateIndex(
                name: "accounts_by_customer",
                schema: "billing",
                table: "accounts",
                column: "stripe_customer_id");

            migrationBuilder.CreateIndex(
                name: "subscriptions_by_subscription",
                schema: "billing",
                table: "subscriptions",
                column: "subscription_id");

            // what EF Core does not map, and the rules on what it does
            migrationBuilder.Sql(AccountTables.Up);
            migrationBuilder.Sql(InboxTables.Up);
            migrationBuilder.Sql(EffectTables.Up);
            migrationBuilder.Sql(MeterTables.Up);
            migrationBuilder.Sql(OperatorTables.Up);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "audit",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "customer_intents",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "data_protection_keys",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "open_checkouts",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "quotes",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "scheduled_changes",
                schema: "billing");

            migrationBuilder.DropTable(
                name: "subscriptions",
                schema: "billing");

            migrationBuilder.Sql(OperatorTables.Down);
            migrationBuilder.Sql(MeterTables.Down);
            migrationBuilder.Sql(EffectTables.Down);
            migrationBuilder.Sql(InboxTables.Down);
            migrationBuilder.Sql(AccountTables.Down);
        }
    }
}
