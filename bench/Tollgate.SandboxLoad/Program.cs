using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.SandboxLoad;

// A subscription is a customer with a card and a monthly subscription, paid. The argument says how many.
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
const int warmUp = 2_000;
Console.WriteLine(Spent.Header);

JsonObject sample;
await using (var rig = new CommandRig())
{
    await rig.AddPriceAsync();
    await rig.AddCustomersAsync(warmUp);
    sample = await rig.SubscribeAsync();
    var before = Memory();
    Show("customers with a card", await Spent.OnAsync(count, () => rig.AddCustomersAsync(count)));
    Show("subscriptions of customers that are there", await Spent.OnAsync(count, rig.SubscribeAsync));
    var created = Memory();
    var all = warmUp + count;
    Show(
        "announced, renewed and paid by the clock",
        await Spent.OnAsync(all, () => rig.AdvanceAsync(TimeSpan.FromDays(32)))
    );
    Console.WriteLine(
        $"bytes of one that is new: {(created - before) / count:N0}, of a renewal: {(Memory() - created) / all:N0}"
    );
    Show("first page of a customer's invoices", await Spent.OnAsync(1_000, () => ListAsync(rig)));
}

Show("yardstick: twelve copies, written", await Yardstick.MeasureAsync(sample, count));

var folder = Directory.CreateTempSubdirectory("sandbox-load-").FullName;
using (var rig = await HttpRig.StartAsync("--data", folder))
{
    await rig.AddPriceAsync();
    await rig.SubscribeAsync(warmUp);
    Show(
        "created over HTTP, with a journal",
        await Spent.OnAsync(count, () => rig.SubscribeAsync(count), () => rig.Processor)
    );
}

var journal = new FileInfo(Path.Combine(folder, "journal.jsonl")).Length;
var started = Stopwatch.GetTimestamp();
using (var rig = await HttpRig.StartAsync("--data", folder))
{
    var compact = new FileInfo(Path.Combine(folder, "journal.jsonl")).Length;
    Console.WriteLine(
        $"start from a journal of {warmUp + count:N0}: {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s, "
            + $"{rig.Processor.TotalSeconds:N1} s of a core; journal {journal:N0} bytes before, {compact:N0} after"
    );
}

Directory.Delete(folder, recursive: true);

static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

static void Show(string name, Spent spent) => Console.WriteLine(spent.Row(name));

static async Task ListAsync(CommandRig rig)
{
    for (var i = 0; i < 1_000; i++)
    {
        await rig.SendAsync("GET", "/v1/invoices", $"limit=10&customer={rig.LastCustomer}");
    }
}
