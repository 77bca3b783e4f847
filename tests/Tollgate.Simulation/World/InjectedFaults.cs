using Tollgate.Simulation.Checks;
using Tollgate.Simulation.Schedule;

namespace Tollgate.Simulation.World;

/// <summary>What happens without people: time, deliveries, the nodes' own rounds, and crashes.</summary>
internal sealed class InjectedFaults(SimulatedWorld world, Storm storm, Tally tally)
{
    public IReadOnlyList<(int Weight, (string Name, Func<Task> Do) Choice)> Acts =>
        [
            (18, ("deliveries come", DeliverAsync)),
            (15, ("an inbox round", () => RoundAsync("inbox", node => node.Inbox.DrainAsync(default)))),
            (8, ("a sweep", () => RoundAsync("sweep", node => node.Sweeper.SweepAsync(default)))),
            (3, ("an outbox round", () => RoundAsync("outbox", node => node.Outbox.DrainAsync(default)))),
            (5, ("a mail round", () => RoundAsync("mail", node => node.Mails.DrainAsync(default)))),
            (6, ("seconds pass", () => PassAsync("seconds", TimeSpan.FromSeconds(1 + storm.Below(100))))),
            (3, ("minutes pass", () => PassAsync("minutes", TimeSpan.FromMinutes(1 + storm.Below(90))))),
            (3, ("hours pass", () => PassAsync("hours", TimeSpan.FromHours(1 + storm.Below(30))))),
            (3, ("days pass", () => PassAsync("days", TimeSpan.FromDays(1 + storm.Below(9))))),
            (4, ("the renewal comes", RenewAsync)),
            (5, ("a node crashes", CrashAsync)),
            (4, ("the wire is cut or repaired", CutAsync)),
        ];

    private async Task DeliverAsync()
    {
        for (var left = 1 + storm.Below(4); left > 0; left--)
        {
            var (from, fate) =
                world.Deliveries.Answered.Count > 0 && storm.Chance(0.15)
                    ? (world.Deliveries.Answered, "a delivery comes again")
                    : (world.Deliveries.Waiting, "a delivery comes");
            if (from.Count == 0)
            {
                return;
            }

            var sent = storm.Chance(0.5) ? from[0] : storm.Pick<SentEvent>(from);
            tally.Count(sent == from[0] ? fate : $"{fate} out of order");
            var isAnswered = storm.Chance(0.93);
            tally.Count(isAnswered ? "a delivery is answered" : "a delivery's answer is lost");
            await world.Deliveries.DeliverAsync(sent, storm.Pick<AppNode>(world.Nodes), isAnswered, world.Now);
        }
    }

    private Task RoundAsync(string name, Func<AppNode, Task> round)
    {
        world.Begin(storm.Below(2), name, round);
        return Task.CompletedTask;
    }

    private Task PassAsync(string what, TimeSpan time)
    {
        tally.Count($"{what} pass");
        return world.PassAsync(time);
    }

    // Stripe holds the renewal's invoice for an hour before it charges
    private async Task RenewAsync()
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        if (truth.Subscriptions.FirstOrDefault(bought => bought.IsLive) is { } live && live.PeriodEnd > world.Now)
        {
            tally.Count("the renewal comes");
            await world.PassAsync(live.PeriodEnd - world.Now + TimeSpan.FromMinutes(storm.Below(90)));
        }
    }

    private Task CutAsync()
    {
        storm.IsWireCut = !storm.IsWireCut && storm.Chance(0.5);
        tally.Count(storm.IsWireCut ? "the wire is cut" : "the wire is repaired");
        return Task.CompletedTask;
    }

    private async Task CrashAsync()
    {
        var node = world.Underway is [var busy, ..] ? busy.Node : storm.Below(2);
        tally.Count(world.Underway.Exists(one => one.Node == node) ? "a node dies at work" : "an idle node dies");
        await world.CrashAsync(node, () => storm.Below(8));
    }
}
