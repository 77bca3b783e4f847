using Tollgate.Effects;
using Tollgate.Simulation.Schedule;

namespace Tollgate.Simulation.World;

/// <summary>The host that is told what happened, and remembers it.</summary>
internal sealed class Told(Tally tally) : IEffectHandler
{
    /// <summary>Kind and occurrence of each.</summary>
    public HashSet<string> Effects { get; } = [];

    public Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        Operation.Running?.Reach($"tells {effect.Kind}");
        Effects.Add($"{effect.Kind} {effect.Occurrence}");
        tally.Count($"told {effect.Kind}");
        return Task.CompletedTask;
    }
}
