using System.Collections.Concurrent;
using System.Globalization;
using Tollgate.Simulation.Schedule;
using Tollgate.Simulation.World;
using Xunit.Sdk;

namespace Tollgate.Simulation;

/// <summary>
/// Many seeds. <c>TOLLGATE_SEED=123</c> runs that one alone; <c>TOLLGATE_SEEDS=5000</c> runs as many.
/// </summary>
public sealed class SimulationTests
{
    private const int Lanes = 2;
    private const int Seeds = 200;

    /// <summary>What must have come up, or the run proves less than it says.</summary>
    private static readonly string[] Sometimes =
    [
        "clicks upgrade",
        "clicks upgrade twice",
        "pays: 200",
        "pays: 400",
        "pays: 402",
        "checkout refused: AlreadySubscribed",
        "checkout refused: BillingBusy",
        "checkout refused: StripeSaidNo",
        "comes back: Pending",
        "comes back: Provisioning",
        "comes back: Active",
        "cancels at period end",
        "undoes the cancellation",
        "cancels at once",
        "has a card that fails",
        "fails a renewal",
        "pays an invoice: 200",
        "changes the plan: 200",
        "is given another by hand",
        "a delivery comes",
        "a delivery comes out of order",
        "a delivery comes again",
        "a delivery is never answered",
        "a delivery's answer is lost",
        "the renewal comes",
        "days pass",
        "a node dies at work",
        "an idle node dies",
        "the wire is cut",
        "the wire refuses",
        "the wire answers 429",
        "the wire answers 500",
        "the wire loses an answer",
        "dispatched plan_activated",
        "dispatched payment_failed",
        "dispatched payment_recovered",
        "dispatched access_ended",
        "a mail is sent",
        "a mail comes again",
        "a mail is not taken",
        "a mail's answer is lost",
    ];

    // operations wait for their turn on threads of their own
    public SimulationTests() => ThreadPool.SetMinThreads(64, 64);

    [Fact]
    public async Task Whatever_happens_the_account_ends_as_Stripe_has_it()
    {
        var one = Number("TOLLGATE_SEED");
        var seeds = one is { } seed ? [seed] : Enumerable.Range(0, Number("TOLLGATE_SEEDS") ?? Seeds);
        var left = new ConcurrentQueue<int>(seeds);
        var faults = new ConcurrentDictionary<int, FailedSeed>();
        var tally = new Tally();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => RunLaneAsync(left, faults, tally)));

        TestContext.Current.SendDiagnosticMessage(tally.ToString());
        Assert.True(faults.IsEmpty, Report(faults));
        Assert.All(one is null ? Sometimes : [], what => Assert.True(tally.Of(what) > 0, $"{what}: never"));
    }

    [Fact]
    public async Task A_seed_replays_step_by_step()
    {
        await using var database = await WorldDatabase.CreateAsync();
        var first = await SeedRun.RunAsync(seed: 7, database, new Tally());
        var second = await SeedRun.RunAsync(seed: 7, database, new Tally());

        Assert.Equal(first.Steps, second.Steps);
    }

    /// <summary>Each must be found, or the simulation proves less than it says.</summary>
    public static TheoryData<string> Mutants => [.. Mutant.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task Simulation_finds(string name)
    {
        var mutant = Mutant.All.Single(mutant => mutant.Name == name);
        await using var database = await WorldDatabase.CreateAsync(mutant);
        foreach (
            var seed in Number("TOLLGATE_SEED") is { } one
                ? [one]
                : Enumerable.Range(mutant.FirstSeed, Seeds - mutant.FirstSeed)
        )
        {
            if (await SeedRun.RunAsync(seed, database, new Tally()) is { Fault: { } fault })
            {
                TestContext.Current.SendDiagnosticMessage($"{name}: seed {seed}: {fault.Message}");
                Assert.IsAssignableFrom<IAssertionException>(fault);
                return;
            }
        }

        Assert.Fail($"Nothing distinguished {name} from the product.");
    }

    private static async Task RunLaneAsync(
        ConcurrentQueue<int> seeds,
        ConcurrentDictionary<int, FailedSeed> faults,
        Tally tally
    )
    {
        await using var database = await WorldDatabase.CreateAsync();
        while (seeds.TryDequeue(out var seed))
        {
            if (await SeedRun.RunAsync(seed, database, tally) is { Fault: { } fault, Steps: var steps })
            {
                faults[seed] = new FailedSeed(steps, fault.ToString());
            }
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    // All that failed with a line each, and the one with the fewest steps whole.
    private static string Report(ConcurrentDictionary<int, FailedSeed> faults)
    {
        if (faults.IsEmpty)
        {
            return "";
        }

        var (seed, shortest) = faults.MinBy(fault => fault.Value.Steps.Count);
        var lines = faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key}: {fault.Value.Headline}");
        return $"""
            {faults.Count} seeds failed:
            {string.Join('\n', lines)}

            Seed {seed}:
            {string.Join('\n', shortest.Steps)}
            {shortest.What}

            Again: TOLLGATE_SEED={seed} dotnet test --project tests/Tollgate.Simulation
            """;
    }

    private sealed record FailedSeed(IReadOnlyList<string> Steps, string What)
    {
        public string Headline => What.Split("\n   at ")[0];
    }
}
