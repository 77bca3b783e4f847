namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>The eleven columns of a row of <c>tenants</c>, the contract of support, runbooks and queries.</summary>
internal sealed record TenantRow
{
    /// <summary>Who signed up and did nothing yet.</summary>
    public static readonly TenantRow New = new();

    public int FixesUsed { get; init; }

    public int DocRunsUsed { get; init; }

    public int CyclesUsed { get; init; }

    public DateTime? ResetAt { get; init; }

    public string? Customer { get; init; }

    public string? Subscription { get; init; }

    public string? Status { get; init; }

    public string? Price { get; init; }

    public DateTime? PeriodEnd { get; init; }

    public int? Seats { get; init; }

    public string PlanTier { get; init; } = "free";

    public static async Task<TenantRow> ReadAsync(HydraHost hydra, CancellationToken cancellationToken)
    {
        await using var command = hydra.Database.CreateCommand(
            """
            SELECT free_tier_fixes_used, free_tier_doc_runs_used, free_tier_cycles_used, free_tier_reset_at,
                stripe_customer_id, stripe_subscription_id, stripe_subscription_status, stripe_price_id,
                stripe_current_period_end, stripe_seat_count, plan_tier
            FROM public.tenants WHERE tenant_id = 'acme'
            """
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        Assert.True(await row.ReadAsync(cancellationToken));
        T? Read<T>(int column) => row.IsDBNull(column) ? default : row.GetFieldValue<T>(column);
        return new TenantRow
        {
            FixesUsed = Read<int>(0),
            DocRunsUsed = Read<int>(1),
            CyclesUsed = Read<int>(2),
            ResetAt = Read<DateTime?>(3),
            Customer = Read<string>(4),
            Subscription = Read<string>(5),
            Status = Read<string>(6),
            Price = Read<string>(7),
            PeriodEnd = Read<DateTime?>(8),
            Seats = Read<int?>(9),
            PlanTier = Read<string>(10)!,
        };
    }
}
