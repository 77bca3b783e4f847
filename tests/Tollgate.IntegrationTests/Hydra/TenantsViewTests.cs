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
    public async Task F94_down_and_up_again_with_rows_and_the_view_in_place()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false"); // its workers stay still
        using var owner = await hydra.SignInAsync();
        await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
        var migrate = hydra.Service<MigrateDatabase>();

        await migrate.RemoveAsync(Token);
        Assert.Null(await hydra.QueryAsync<string>(Columns));
        Assert.Equal(0L, await hydra.QueryAsync<long>(Tables));

        await migrate.RunAsync(Token);
        Assert.NotNull(await hydra.QueryAsync<string>(Columns));
    }

    private static Task<string?> StateAsync(HydraHost hydra) =>
        hydra.TenantAsync<string>(
            "concat_ws(' ', free_tier_fixes_used, free_tier_doc_runs_used, free_tier_cycles_used, "
                + "coalesce(free_tier_reset_at::text, '-'), coalesce(stripe_customer_id, '-'), plan_tier)"
        );
}
