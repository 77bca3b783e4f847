using System.Text.Json;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>What changed between two states of the audit, in words.</summary>
internal static class StateChanges
{
    public static string Between(string before, string after)
    {
        using var old = JsonDocument.Parse(before);
        using var @new = JsonDocument.Parse(after);
        var changes = @new
            .RootElement.EnumerateObject()
            .Where(member => member.Name is not ("Version" or "VerifiedAt"))
            .Select(member =>
                (member.Name, Old: Text(old.RootElement, member.Name), New: Text(@new.RootElement, member.Name))
            )
            .Where(change => change.Old != change.New)
            .Select(change => $"{change.Name}: {Shown(change.Old)} -> {Shown(change.New)}");
        return string.Join(", ", changes);
    }

    private static string Text(JsonElement state, string name) =>
        !state.TryGetProperty(name, out var value) ? string.Empty
        : name == nameof(SubscriptionState.RefundsAndDisputes)
            ? string.Join(" and ", RefundAndDisputeHistory.Read(value))
        : value.ToString();

    private static string Shown(string text) => text.Length == 0 ? "none" : text;
}
