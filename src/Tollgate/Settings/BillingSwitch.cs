namespace Tollgate.Settings;

/// <summary>
/// Whether billing is on: the environment's false wins always, and the stored false wins over the environment's true.
/// Read once for each thing that is done. While the database is away the last state holds.
/// </summary>
public sealed class BillingSwitch(TollgateOptions options) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile bool stored = true;

    public bool IsOn => options.BillingEnabled && stored;

    /// <summary>
    /// The one gate of whatever is sold, changed or opened at Stripe: why it is refused now; null while billing is on.
    /// </summary>
    public Refusal? RefusalOfActions => IsOn ? null : new BillingDisabled();

    /// <summary>Called by whoever has read the stored state.</summary>
    internal void Apply(bool isOn) => stored = isOn;

    /// <summary>
    /// The same, one after the other: what was read before a change is not applied after it.
    /// </summary>
    internal async Task ApplyAsync(Func<Task<bool>> ask, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            Apply(await ask());
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}

/// <summary>The kill switch is off.</summary>
internal sealed record BillingDisabled()
    : Refusal(
        ProblemCodes.BillingDisabled,
        503,
        "Billing is switched off for the moment.",
        "Everything keeps working without limits. Try again later."
    );
