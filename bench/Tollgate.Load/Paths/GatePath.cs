using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Access;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Paths;

/// <summary>What an account may do, decided from memory, against a look-up of its id that decides nothing.</summary>
internal static class GatePath
{
    private const int Accounts = 1000;

    public static LoadPath Of(Rig rig) => new("gate", 1, () => PrepareAsync(rig));

    private static async Task<IReadOnlyList<Contender>> PrepareAsync(Rig rig)
    {
        var services = (await rig.ServicesAsync()).Services;
        var gate = services.GetRequiredService<AccessGate>();
        // nothing changes meanwhile, so that nothing has to be listened to
        gate.SetListening(true);
        AccountId[] accounts = [.. Enumerable.Range(0, Accounts).Select(i => new AccountId($"gate-{i}"))];
        foreach (var account in accounts)
        {
            await gate.DecideAsync(account, rig.Token);
        }

        var known = accounts.ToDictionary(account => account, _ => true);
        return
        [
            new GateContender("AccessGate", Role.Ours, () => DecideAll(gate, accounts)),
            new GateContender("dictionary look-up", Role.Other, () => LookUpAll(known, accounts)),
        ];
    }

    private static int DecideAll(AccessGate gate, AccountId[] accounts)
    {
        var open = 0;
        foreach (var account in accounts)
        {
            var decided = gate.DecideAsync(account, CancellationToken.None);
            open += decided.IsCompletedSuccessfully ? 1 : throw new InvalidOperationException("The gate asked.");
        }

        return open;
    }

    private static int LookUpAll(Dictionary<AccountId, bool> known, AccountId[] accounts)
    {
        var open = 0;
        foreach (var account in accounts)
        {
            open += known.TryGetValue(account, out var isOpen) && isOpen ? 1 : 0;
        }

        return open;
    }

    /// <summary>One caller that does nothing else; its latency is the mean of a thousand.</summary>
    private sealed class GateContender(string name, Role role, Func<int> decideAll)
        : Contender(name, role, Environment.ProcessId)
    {
        public override Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            var latencies = new LatencyHistogram();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var server = Environment.CpuUsage.TotalTime;
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                var at = Stopwatch.GetTimestamp();
                var decided = decideAll();
                latencies.AddNanoseconds((long)Stopwatch.GetElapsedTime(at).TotalNanoseconds / decided, decided);
            }

            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            server = Environment.CpuUsage.TotalTime - server;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return Task.FromResult(
                new Measurement(
                    latencies.Count,
                    latencies.Count / seconds,
                    latencies.MillisecondsAt(0.5),
                    latencies.MillisecondsAt(0.99),
                    server.TotalMicroseconds / latencies.Count,
                    DatabaseMicroseconds: 0,
                    (double)allocated / latencies.Count
                )
            );
        }
    }
}
