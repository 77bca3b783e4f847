using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Payments;

/// <summary>How far one command has come in the scripts. A preview never consumes what it read.</summary>
internal sealed class ScriptedCharges(CardScripts scripts)
{
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);

    public static ScriptedCharges Of(Transaction tx) =>
        tx.OfCommand(() => new ScriptedCharges(tx.InMemory<CardScripts>()));

    /// <summary>What the card will answer to the next charge; null if no script says.</summary>
    public CardOutcome? Peek(JsonObject method, string? customer) => Next(method, customer)?.Outcome;

    /// <summary>The same, and the script goes on.</summary>
    public CardOutcome? Take(JsonObject method, string? customer)
    {
        if (Next(method, customer) is not { } next)
        {
            return null;
        }

        taken[next.Target] = taken.GetValueOrDefault(next.Target) + 1;
        return next.Outcome;
    }

    private (string Target, CardOutcome Outcome)? Next(JsonObject method, string? customer)
    {
        string?[] targets = [method.Id(), customer ?? method.TextOrNull("customer"), method.TextOrNull("_number")];
        foreach (var target in targets.OfType<string>())
        {
            if (scripts.At(target, taken.GetValueOrDefault(target)) is { } outcome)
            {
                return (target, outcome);
            }
        }

        return null;
    }

    private void Consume()
    {
        foreach (var (target, count) in taken)
        {
            scripts.Drop(target, count);
        }
    }

    /// <summary>What a command took is gone: the card was asked, even if the command is refused for it.</summary>
    internal sealed class Consumption : ICommandStep
    {
        public void End(Transaction tx) => tx.OfCommandOrNull<ScriptedCharges>()?.Consume();
    }
}
