using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Chaos;

/// <summary>
/// Each object as it was before its last change, so that a read can be behind. Kept only while a rule wants it.
/// </summary>
internal sealed class FormerVersions(ChaosRules rules) : ICommandStep
{
    private readonly Dictionary<(string Kind, string Id), (JsonObject Document, long ChangedAt)> former = [];

    public bool WantsFormer => rules.ReadsAreStale;

    /// <summary>Notes what an accepted command found before it changed it.</summary>
    public void Accept(StateWriter writer, Transaction tx)
    {
        if (tx.Former is null)
        {
            former.Clear();
            return;
        }

        foreach (var (key, document) in tx.Former)
        {
            // Events never change, and what is the Sandbox's own nobody reads.
            if (key.Kind != "event" && !key.Kind.StartsWith('_'))
            {
                former[key] = (document, tx.SandboxNow);
            }
        }
    }

    /// <summary>Runs a read on the state as it was, as far as it changed within a span of time.</summary>
    public T Read<T>(Transaction tx, TimeSpan within, Func<Transaction, T> read) =>
        tx.Undone(past =>
        {
            foreach (var (document, changedAt) in former.Values)
            {
                if (
                    tx.SandboxNow - changedAt <= within.TotalSeconds
                    && tx.Find(document.Kind(), document.Id()) is not null
                )
                {
                    past.Add(document);
                }
            }

            return read(past);
        });
}
