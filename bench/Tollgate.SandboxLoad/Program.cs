using System.Globalization;
using Tollgate.SandboxLoad;

var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
Console.WriteLine($"| {"", -58} | {"per core", 9} | {"per wall", 9} | {"µs each", 9} |");
await using var rig = new CommandRig();
await rig.AddPriceAsync();
await Create(200);
var empty = GC.GetTotalMemory(forceFullCollection: true);
Console.WriteLine((await Spent.OnAsync(count, () => Create(count))).Row("created, in process"));
var full = GC.GetTotalMemory(forceFullCollection: true);
Console.WriteLine($"bytes each {(full - empty) / count}");
Console.WriteLine((await Spent.OnAsync(count + 200, () => rig.AdvanceAsync(TimeSpan.FromDays(32)))).Row("renewed"));
Console.WriteLine($"bytes each {(GC.GetTotalMemory(forceFullCollection: true) - full) / count}");

async Task Create(int n)
{
    for (var i = 0; i < n; i++)
    {
        await rig.SubscribeAsync();
    }
}
