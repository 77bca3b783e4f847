namespace Tollgate.Sandbox.Payments;

/// <summary>
/// Outcomes of the next charges, in order, for a customer or a card. When a script is at its end, the card is again
/// what its number says. Scripts are in memory only: a restart forgets them.
/// </summary>
public sealed class CardScripts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<CardOutcome>> scripts = new(StringComparer.Ordinal);

    /// <summary>Who has a script.</summary>
    public IReadOnlyList<string> Targets
    {
        get
        {
            lock (gate)
            {
                return [.. scripts.Keys];
            }
        }
    }

    /// <summary>Appends to a script.</summary>
    /// <param name="target">
    /// A customer (<c>cus_...</c>), a payment method (<c>pm_...</c>), or the number of a test card, which means all
    /// that were made of it. The payment method's own script goes first, the number's last.
    /// </param>
    /// <param name="outcomes">One for each charge to come.</param>
    public void Add(string target, params IReadOnlyList<CardOutcome> outcomes)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(outcomes);
        lock (gate)
        {
            if (outcomes.Count > 0)
            {
                scripts[target] = [.. scripts.GetValueOrDefault(target, []), .. outcomes];
            }
        }
    }

    /// <summary>What is still to come for a target, next first.</summary>
    public IReadOnlyList<CardOutcome> Waiting(string target)
    {
        lock (gate)
        {
            return [.. scripts.GetValueOrDefault(target, [])];
        }
    }

    /// <summary>Takes a script away; false if there is none.</summary>
    public bool Remove(string target)
    {
        lock (gate)
        {
            return scripts.Remove(target);
        }
    }

    /// <summary>Takes all scripts away.</summary>
    public void Clear()
    {
        lock (gate)
        {
            scripts.Clear();
        }
    }

    internal CardOutcome? At(string target, int place)
    {
        lock (gate)
        {
            return scripts.GetValueOrDefault(target) is { } script && place < script.Count ? script[place] : null;
        }
    }

    internal void Drop(string target, int count)
    {
        lock (gate)
        {
            if (scripts.GetValueOrDefault(target) is not { } script)
            {
                return;
            }

            script.RemoveRange(0, Math.Min(count, script.Count));
            if (script.Count == 0)
            {
                scripts.Remove(target);
            }
        }
    }
}
