using System.Diagnostics.Metrics;
using Tollgate.Access;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Telemetry;

/// <summary>
/// Alone: whoever counts in another test is called on this one's thread, and may allocate.
/// </summary>
[CollectionDefinition(nameof(GateCountTests), DisableParallelization = true)]
[Collection(nameof(GateCountTests))]
public sealed class GateCountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gate_that_is_counted_allocates_nothing_either()
    {
        await using var hydra = await HydraHost.StartAsync();
        var gate = hydra.Service<AccessGate>();
        var acme = new AccountId("acme");
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
                VALUES ('sub_1', 'acme', clock_timestamp());
            INSERT INTO billing.subscriptions (account_id, plan, subscription_id, status, entitlements, version)
                VALUES ('acme', 'enterprise', 'sub_1', 'active', ARRAY[]::text[], 1)
            """
        );
        await Eventually.Async(
            () =>
            {
                var first = gate.RefuseAsync(acme, "sso_saml", Token);
                return first.IsCompletedSuccessfully;
            },
            ct: Token
        );
        long mine = 0;
        var here = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, its) =>
        {
            if (instrument.Name == "tollgate.access.gates")
            {
                its.EnableMeasurementEvents(instrument);
            }
        };
        // other tests' hosts are counted too
        listener.SetMeasurementEventCallback<long>(
            (_, count, _, _) =>
            {
                if (Environment.CurrentManagedThreadId == here)
                {
                    mine += count;
                }
            }
        );
        listener.Start();
        _ = gate.RefuseAsync(acme, "sso_saml", Token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var open = 0;
        for (var i = 0; i < 1000; i++)
        {
            var answer = gate.RefuseAsync(acme, "sso_saml", Token);
            open += answer is { IsCompletedSuccessfully: true, Result: null } ? 1 : 0;
        }

        Assert.Equal((1000, 0), (open, GC.GetAllocatedBytesForCurrentThread() - before));
        Assert.Equal(1001, mine);
    }
}
