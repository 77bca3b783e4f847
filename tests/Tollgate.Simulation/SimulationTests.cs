using System.Collections.Concurrent;
using System.Globalization;
using Tollgate.Simulation.Schedule;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation;

/// <summary>
/// Many seeds. <c>TOLLGATE_SEED=123</c> runs that one alone and prints its steps; <c>TOLLGATE_SEEDS=5000</c> runs as
/// many.
/// </summary>
public sealed class SimulationTests
{
    private const int Lanes = 2;

    [Fact]
    public async Task Whatever_happens_the_account_ends_as_Stripe_has_it()
    {
        ThreadPool.SetMinThreads(64, 64); // operations wait for their turn on a thread of their own
        var seeds = new ConcurrentQueue<int>(Seeds());
        var faults = new ConcurrentDictionary<int, (List<string> Steps, string What)>();
        var tally = new Tally();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => RunLaneAsync(seeds, faults, tally)));
        TestContext.Current.SendDiagnosticMessage(tally.ToString());
        Assert.True(faults.IsEmpty, Report(faults));
    }

    private static async Task RunLaneAsync(
        ConcurrentQueue<int> seeds,
        ConcurrentDictionary<int, (List<string> Steps, string What)> faults,
        Tally tally
    )
    {
        await using var database = await WorldDatabase.CreateAsync();
        while (seeds.TryDequeue(out var seed))
        {
            var steps = new List<string>();
            if (await SeedRun.RunAsync(seed, database, tally, steps) is { } fault)
            {
                faults[seed] = (steps, fault);
            }
        }
    }

    private static IEnumerable<int> Seeds() =>
        Number("TOLLGATE_SEED") is { } seed ? [seed] : Enumerable.Range(0, Number("TOLLGATE_SEEDS") ?? 200);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    private static string Report(ConcurrentDictionary<int, (List<string> Steps, string What)> faults)
    {
        if (faults.IsEmpty)
        {
            return "";
        }

        var (seed, fault) = faults.MinBy(fault => fault.Value.Steps.Count);
        var each = faults.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value.What.Split("\n   at ")[0]}");
        return $"{faults.Count} seeds failed:\n{string.Join('\n', each)}\n\n"
            + $"Seed {seed}:\n{string.Join('\n', fault.Steps)}\n{fault.What}\n"
            + $"Again: TOLLGATE_SEED={seed} dotnet test --project tests/Tollgate.Simulation";
    }
}
