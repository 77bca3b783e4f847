namespace Tollgate.Sandbox.Chaos;

/// <summary>
/// The rules by which a Sandbox fails on request. Without rules it never does. With the same seed and rules, the same
/// requests in the same order meet the same faults. Rules, counts and seed are in memory only: a restart forgets them.
/// </summary>
public sealed class ChaosRules
{
    /// <summary>How many injected faults are listed; counts go on.</summary>
    private const int MaxListed = 1000;
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Queue<InjectedFault> injected = new();
    private readonly Dictionary<Fault, long> counts = [];
    private volatile Entry[] entries = [];
    private int lastNumber;

    internal ChaosRules(TimeProvider clock) => this.clock = clock;

    /// <summary>What all draws depend on. <see cref="Reset"/> sets it.</summary>
    public long Seed { get; private set; }

    /// <summary>In the order in which they were added, which is the order in which they strike.</summary>
    public IReadOnlyList<ChaosRule> Rules => [.. entries.Select(entry => entry.Rule)];

    /// <summary>The last thousand faults that were done since the last reset, oldest first.</summary>
    public IReadOnlyList<InjectedFault> Injected
    {
        get
        {
            lock (gate)
            {
                return [.. injected];
            }
        }
    }

    internal bool StrikesEvents => entries.Any(entry => entry.Rule.Fault.Stage() != FaultStage.Request);

    internal bool StrikesRequests => entries.Any(entry => entry.Rule.Fault.Stage() == FaultStage.Request);

    internal bool ReadsAreStale => entries.Any(entry => entry.Rule.Fault == Fault.StaleRead);

    /// <summary>How often a fault was done since the last reset.</summary>
    public long Count(Fault fault)
    {
        lock (gate)
        {
            return counts.GetValueOrDefault(fault);
        }
    }

    /// <summary>Adds a rule and returns it with its id. From now on it strikes.</summary>
    /// <exception cref="ArgumentException">A member is out of its range, or is none of the fault's.</exception>
    public ChaosRule Add(ChaosRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Objection() is { } objection)
        {
            throw new ArgumentException($"{objection.Parameter}: {objection.Message}", nameof(rule));
        }

        lock (gate)
        {
            var number = ++lastNumber;
            var added = rule with { Id = $"rule_{number}" };
            entries = [.. entries, new Entry(added, number)];
            return added;
        }
    }

    /// <summary>Takes a rule away; false if there is none of this id.</summary>
    public bool Remove(string id)
    {
        lock (gate)
        {
            var before = entries.Length;
            entries = [.. entries.Where(entry => entry.Rule.Id != id)];
            return entries.Length < before;
        }
    }

    /// <summary>Takes all rules away and forgets what was done; draws begin anew with a seed.</summary>
    public void Reset(long seed = 0)
    {
        lock (gate)
        {
            Seed = seed;
            entries = [];
            lastNumber = 0;
            injected.Clear();
            counts.Clear();
        }
    }

    /// <summary>The rules that strike a thing, in their order, as far as they are asked for.</summary>
    internal IEnumerable<Strike> On(ChaosSubject subject)
    {
        foreach (var entry in entries)
        {
            if (subject.Fits(entry.Rule) && TryStrike(entry, subject) is { } strike)
            {
                yield return strike;
            }
        }
    }

    /// <summary>A strike that found nothing to spoil did not happen.</summary>
    internal void TakeBack(Strike strike)
    {
        lock (gate)
        {
            strike.Entry.Struck--;
            counts[strike.Rule.Fault]--;
            var others = injected.Where(other => !ReferenceEquals(other, strike.Injected)).ToList();
            injected.Clear();
            others.ForEach(injected.Enqueue);
        }
    }

    /// <summary>How often a rule struck.</summary>
    internal int Struck(string id)
    {
        lock (gate)
        {
            return entries.FirstOrDefault(entry => entry.Rule.Id == id)?.Struck ?? 0;
        }
    }

    private Strike? TryStrike(Entry entry, ChaosSubject subject)
    {
        lock (gate)
        {
            var bits = SeededDraw.Bits(Seed, entry.Number, entry.Fitted++);
            if (entry.Struck >= (entry.Rule.Times ?? int.MaxValue) || SeededDraw.Unit(bits) >= entry.Rule.Probability)
            {
                return null;
            }

            var fault = entry.Rule.Fault;
            entry.Struck++;
            counts[fault] = counts.GetValueOrDefault(fault) + 1;
            var done = new InjectedFault(entry.Rule.Id, fault, subject.What, subject.Id, clock.GetUtcNow());
            injected.Enqueue(done);
            if (injected.Count > MaxListed)
            {
                injected.Dequeue();
            }

            return new Strike(entry, bits, done);
        }
    }

    /// <summary>A rule and how far it has come.</summary>
    internal sealed class Entry(ChaosRule rule, int number)
    {
        public ChaosRule Rule => rule;

        public int Number => number;

        public long Fitted { get; set; }

        public int Struck { get; set; }
    }

    /// <summary>A rule that strikes now.</summary>
    /// <param name="Bits">The draw, for what else chance decides.</param>
    internal sealed record Strike(Entry Entry, ulong Bits, InjectedFault Injected)
    {
        public ChaosRule Rule => Entry.Rule;
    }
}
