using Npgsql;
using Tollgate.Storage;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class TenantsViewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Columns = """
        SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'tenants'
        """;

    private const string Tables =
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'billing' AND tablename <> 'migrations'";

    [Fact]
    public async Task The_contract_relation_has_the_eleven_columns_and_what_else_is_kept()
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(
            "tenant_id character varying, name character varying, billing_email character varying, "
                + "free_tier_fixes_used integer, free_tier_doc_runs_used integer, free_tier_cycles_used integer, "
                + "free_tier_reset_at timestamp with time zone, stripe_customer_id text, stripe_subscription_id text, "
                + "stripe_subscription_status text, stripe_price_id text, "
                + "stripe_current_period_end timestamp with time zone, stripe_seat_count integer, plan_tier text, "
                + "past_due_since timestamp with time zone",
            await hydra.QueryAsync<string>(Columns)
        );
        Assert.Equal("0 0 0 - - free", await StateAsync(hydra));
    }

    [Fact]
    [Trait("fault", "F94")]
    public async Task Down_and_up_again_with_rows_and_the_view_in_place()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false"); // its workers stay still
        using var owner = await hydra.SignInAsync();
        await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal("acme 1 free, globex 0 free", await TenantsAsync(hydra));

        Assert.Equal(0, (await hydra.CommandAsync("migrate", "down", "--yes")).Code);
        Assert.Null(await hydra.QueryAsync<string>(Columns));
        Assert.Equal(0L, await hydra.QueryAsync<long>(Tables));
        Assert.Equal(2L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Organizations\""));

        // what billing knew is gone; who there is, the host knows
        Assert.Equal(0, (await hydra.CommandAsync("migrate", "up")).Code);
        Assert.Equal("acme 0 free, globex 0 free", await TenantsAsync(hydra));
        Assert.Equal("owner@acme.test", await hydra.TenantAsync<string>("billing_email"));
    }

    [Fact]
    public async Task A_tenant_whose_account_was_lost_has_it_again_after_a_start_and_can_buy()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var first = await HydraHost.StartOnAsync(database.ConnectionString))
        {
            await first.Service<MigrateDatabase>().RemoveAsync(Token);
        }

        await using var hydra = await HydraHost.StartOnAsync(database.ConnectionString);

        Assert.Equal("acme 0 free, globex 0 free", await TenantsAsync(hydra));
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("DROP VIEW public.tenants; CREATE VIEW public.tenants AS SELECT tenant.* FROM (SELECT 1 AS x) tenant")]
    [InlineData("DROP VIEW public.tenants; CREATE VIEW public.tenants AS SELECT 1 AS tenant_id")]
    public async Task What_was_granted_on_the_view_is_granted_after_every_start(string? before)
    {
        await using var database = await TestDatabase.CreateAsync();
        var role = $"reader_{Guid.NewGuid():n}";
        await using (var first = await HydraHost.StartOnAsync(database.ConnectionString))
        {
            // a view of an older version has other columns
            await ExecuteAsync(first, $"{before}; CREATE ROLE {role}; GRANT SELECT ON public.tenants TO {role}");
        }

        await using var hydra = await HydraHost.StartOnAsync(database.ConnectionString);

        Assert.True(await MayReadAsync(hydra, role));
        Assert.Equal("acme 0 free, globex 0 free", await TenantsAsync(hydra));
        await ExecuteAsync(hydra, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public async Task The_three_look_ups_are_indexed_under_the_names_of_the_contract()
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(
            [
                "idx_tenants_free_tier_reset_at (window_ends_at) WHERE (plan_until IS NULL)",
                "idx_tenants_stripe_customer_id (stripe_customer_id)",
                "idx_tenants_stripe_subscription_id (subscription_id)",
            ],
            (
                await hydra.QueryAsync<string[]>(
                    """
                    SELECT array_agg(indexname || regexp_replace(indexdef, '.* USING btree', '') ORDER BY indexname)
                    FROM pg_indexes WHERE schemaname = 'billing' AND indexname LIKE 'idx_tenants_%'
                    """
                )
            )!
        );
    }

    [Fact]
    public async Task The_index_of_due_resets_holds_who_is_on_the_free_tier_and_nobody_else()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var acme = await hydra.SignInAsync();
        using var globex = await hydra.SignInAsync("owner@globex.test");
        await acme.PostAsync("/api/workflows/fix/runs", content: null, Token);
        await globex.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal("acme free, globex free", await IndexedAsync(hydra));

        await hydra.BuyAsync(acme);
        await hydra.TierBecomesAsync("team");
        Assert.Equal("globex free", await IndexedAsync(hydra));

        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        await hydra.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token); // what was paid for holds until its end
        await hydra.TierBecomesAsync("free");
        Assert.Equal("acme free, globex free", await IndexedAsync(hydra));
    }

    /// <summary>Who is found by the index's predicate, with the tier that the contract relation says.</summary>
    private static async Task<string?> IndexedAsync(HydraHost hydra) =>
        await hydra.QueryAsync<string>(
            """
            SELECT string_agg(DISTINCT tenant_id || ' ' || plan_tier, ', ' ORDER BY tenant_id || ' ' || plan_tier)
            FROM billing.meters JOIN public.tenants ON tenant_id = account_id WHERE plan_until IS NULL
            """
        );

    [Fact]
    public async Task The_script_makes_of_an_empty_database_what_a_start_makes_and_twice_is_once()
    {
        await using var empty = await TestDatabase.CreateAsync();
        await using var hydra = await HydraHost.StartAsync();
        var (_, script) = await hydra.CommandAsync("migrate", "script");
        await using var database = NpgsqlDataSource.Create(empty.ConnectionString);
        for (var i = 0; i < 2; i++)
        {
            await using var command = database.CreateCommand(script);
            await command.ExecuteNonQueryAsync(Token);
        }

        // a start that may change nothing finds nothing to change
        await using var other = await HydraHost.StartOnAsync(empty.ConnectionString, "--Tollgate:MigrateAtStart=false");
        Assert.Equal("acme 0 free, globex 0 free", await TenantsAsync(other));
    }

    [Fact]
    public async Task A_start_that_may_not_migrate_refuses_a_database_that_lacks_a_migration_by_name()
    {
        await using var empty = await TestDatabase.CreateAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() =>
            HydraHost.StartOnAsync(empty.ConnectionString, "--Tollgate:MigrateAtStart=false")
        );

        Assert.StartsWith("The database lacks 20261121000100_Initial and ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("migrate up", refused.Message, StringComparison.Ordinal);
        await using var database = NpgsqlDataSource.Create(empty.ConnectionString);
        await using var schema = database.CreateCommand("SELECT to_regnamespace('billing') IS NULL");
        Assert.Equal(true, await schema.ExecuteScalarAsync(Token));
    }

    private static Task<string?> TenantsAsync(HydraHost hydra) =>
        hydra.QueryAsync<string>(
            """
            SELECT string_agg(concat_ws(' ', tenant_id, free_tier_fixes_used, plan_tier), ', ' ORDER BY tenant_id)
            FROM public.tenants
            """
        );

    private static Task<bool> MayReadAsync(HydraHost hydra, string role) =>
        hydra.QueryAsync<bool>($"SELECT has_table_privilege('{role}', 'public.tenants', 'SELECT')");

    private static Task<string?> StateAsync(HydraHost hydra) =>
        hydra.TenantAsync<string>(
            "concat_ws(' ', free_tier_fixes_used, free_tier_doc_runs_used, free_tier_cycles_used, "
                + "coalesce(free_tier_reset_at::text, '-'), coalesce(stripe_customer_id, '-'), plan_tier)"
        );
}
