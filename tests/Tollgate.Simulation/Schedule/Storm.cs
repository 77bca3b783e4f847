namespace Tollgate.Simulation.Schedule;

/// <summary>What goes wrong on the way to Stripe.</summary>
internal enum WireFault
{
    None,

    /// <summary>There is no connection; Stripe receives nothing.</summary>
    Refused,

    RateLimited,

    ServerError,

    /// <summary>Stripe does it, and the answer is lost.</summary>
    AnswerLost,
}

/// <summary>All that is left to chance, from one seed; it can be calmed.</summary>
internal sealed class Storm(int seed)
{
    private const double WireFaultRate = 0.07;
    private readonly Random random = new(seed);

    public bool IsCalm { get; private set; }

    /// <summary>No call of a node reaches Stripe for a while.</summary>
    public bool IsWireCut { get; set; }

    public void Calm()
    {
        IsCalm = true;
        IsWireCut = false;
    }

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>From nought to one less than the limit.</summary>
    public int Below(int limit) => random.Next(limit);

    public void Shuffle<T>(IList<T> some)
    {
        for (var left = some.Count; left > 1; left--)
        {
            var other = random.Next(left);
            (some[left - 1], some[other]) = (some[other], some[left - 1]);
        }
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>One of the choices, each as likely as its weight says.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T Choice)> choices)
    {
        var left = random.Next(choices.Sum(choice => choice.Weight));
        foreach (var (weight, choice) in choices)
        {
            left -= weight;
            if (left < 0)
            {
                return choice;
            }
        }

        throw new InvalidOperationException("There is nothing to choose from.");
    }

    public WireFault NextOnTheWire() =>
        IsWireCut ? WireFault.Refused
        : !IsCalm && Chance(WireFaultRate) ? Pick(Enum.GetValues<WireFault>()[1..])
        : WireFault.None;
}
