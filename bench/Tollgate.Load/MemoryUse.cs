using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Access;
using Tollgate.Load.Processes;

namespace Tollgate.Load;

/// <summary>What a node keeps in memory: idle, and for the accounts whose gates it answers.</summary>
internal static class MemoryUse
{
    private const int Accounts = 100_000;
    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<string>> MeasureAsync(Rig rig)
    {
        using var node = await rig.StartNodeAsync(await rig.PublishAsync());
        await Task.Delay(UntilIdle, TimeProvider.System, rig.Token);
        var resident = ProcessMemory.Resident(node.Id);
        var cached = await CachedAsync((await rig.ServicesAsync()).Services, rig.Token);
        return
        [
            Line("Hydra, published, ten seconds after its start", resident, "resident"),
            Line("100,000 accounts that the gates keep", cached, "more in use"),
        ];
    }

    private static async Task<long> CachedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services
            .GetRequiredService<NpgsqlDataSource>()
            .RunAsync(
                $"""
                INSERT INTO billing.subscriptions (account_id, plan, subscription_id, stripe_status, status, price_id,
                    seats, paid_through, currency, billing_interval, entitlements, stale, version)
                SELECT 'cached-' || n, 'team', 'sub_1PnQbT2eZvKYlo2C' || n, 'active', 'active',
                    'price_1PnQbT2eZvKYlo2CmKxY', 5, clock_timestamp() + interval '20 days',
                    'usd', 'month', ARRAY['sso', 'audit_log'], ARRAY[]::text[], 1
                FROM generate_series(1, {Accounts}) n
                """,
                cancellationToken
            );
        var gate = services.GetRequiredService<AccessGate>();
        await gate.DecideAsync(new AccountId("cached-0"), cancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var n = 1; n <= Accounts; n++)
        {
            await gate.DecideAsync(
                new AccountId(string.Create(CultureInfo.InvariantCulture, $"cached-{n}")),
                cancellationToken
            );
        }

        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }

    private static string Line(string what, long bytes, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {bytes / 1e6:N0} MB {kind}");
}
