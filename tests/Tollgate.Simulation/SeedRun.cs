using System.Globalization;
using Tollgate.Simulation.Checks;
using Tollgate.Simulation.Schedule;
using Tollgate.Simulation.World;

namespace Tollgate.Simulation;

/// <summary>One seed: a storm of steps with the safety checks after each, then calm, then the truth.</summary>
internal sealed class SeedRun
{
    private const int Steps = 60;
    private readonly Storm storm;
    private readonly Tally tally;
    private readonly SimulatedWorld world;
    private readonly Safety safety;
    private readonly Calm calm;
    private readonly (int Weight, (string Name, Func<Task> Do) Choice)[] acts;
    private readonly List<string> steps;

    private SeedRun(WorldDatabase database, SimulatedWorld world, Storm storm, Tally tally, List<string> steps)
    {
        this.storm = storm;
        this.tally = tally;
        this.world = world;
        this.steps = steps;
        safety = new Safety(database.Plain, world);
        acts = [.. new People(world, storm, tally).Acts, .. new InjectedFaults(world, storm, tally).Acts];
        calm = new Calm(world, database.Plain);
    }

    public static async Task<SeedResult> RunAsync(int seed, WorldDatabase database, Tally tally)
    {
        var chance = new Storm(seed);
        var log = new List<string>();
        try
        {
            await using var made = await SimulatedWorld.StartAsync(database, chance, tally);
            await new SeedRun(database, made, chance, tally, log).RunAsync();
            return new SeedResult(log, Fault: null);
        }
        catch (Exception fault) // reported with its seed by the caller
        {
            return new SeedResult(log, fault);
        }
    }

    private async Task RunAsync()
    {
        for (var step = 1; step <= Steps; step++)
        {
            var (name, act) = storm.Pick(acts);
            Note($"{step}. {name}");
            await act();
            await InterleaveAsync();
            await CheckAsync();
        }

        storm.Calm();
        Note("calm");
        while (world.Underway.Count > 0)
        {
            await MoveAsync(world.Underway[0]);
        }

        if (storm.Chance(0.5))
        {
            await calm.ReturnAsync();
        }

        await calm.SettleAsync();
        await CheckAsync();
        await calm.CompareAsync();
        await calm.RebuildAsync(storm.Shuffle);
    }

    private async Task CheckAsync()
    {
        await world.Deliveries.CollectAsync(world.Now);
        await safety.CheckAsync(world.Now);
    }

    // Sometimes everybody finishes, sometimes some are stalled over the next steps, however long those take.
    private async Task InterleaveAsync()
    {
        var moves = storm.Chance(0.4) ? int.MaxValue : storm.Below(12);
        for (; moves > 0 && world.Underway.Count > 0; moves--)
        {
            await MoveAsync(storm.Pick<(int, Operation)>(world.Underway));
        }
    }

    private async Task MoveAsync((int Node, Operation Operation) one)
    {
        var operation = one.Operation;
        await operation.StepAsync();
        if (!operation.IsDone)
        {
            Note($"    {operation.Name}: {operation.Point}");
            return;
        }

        Note($"    {operation.Name}: done");
        tally.Count($"finished: {operation.Name.Split(' ', 3)[2]}");
        world.Underway.Remove(one);
        Assert.True(operation.Failure is null, $"{operation.Name} threw {operation.Failure}");
    }

    private void Note(string what) =>
        steps.Add(world.Now.ToString("MM-dd HH:mm:ss.f ", CultureInfo.InvariantCulture) + what);
}

/// <summary>How a seed went.</summary>
/// <param name="Steps">What happened, in order.</param>
/// <param name="Fault">What did not hold; null when all did.</param>
internal sealed record SeedResult(IReadOnlyList<string> Steps, Exception? Fault);
