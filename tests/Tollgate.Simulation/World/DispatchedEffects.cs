using Tollgate.Outbox;
using Tollgate.Simulation.Schedule;

namespace Tollgate.Simulation.World;

/// <summary>The host's effect handler, which records what was dispatched.</summary>
internal sealed class DispatchedEffects(Tally tally) : IEffectHandler
{
    /// <summary>Kind and occurrence of each.</summary>
    public HashSet<string> Effects { get; } = [];

    public Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        Operation.Running?.Reach($"dispatches {effect.Kind}");
        Effects.Add($"{effect.Kind} {effect.Occurrence}");
        tally.Count($"dispatched {effect.Kind}");
        return Task.CompletedTask;
    }
}
