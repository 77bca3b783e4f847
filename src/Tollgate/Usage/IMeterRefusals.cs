namespace Tollgate.Usage;

/// <summary>
/// Says by which refusal a meter without a unit left refuses: that depends on the plan, which meters do not know.
/// </summary>
internal interface IMeterRefusals
{
    ValueTask<Refusal> RefuseAsync(AccountId account, MeterUse use, CancellationToken cancellationToken);
}
