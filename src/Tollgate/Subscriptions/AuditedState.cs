using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>
/// The one way to write what gates: the row, and with each new version of it the audit's entry. Replaying the audit
/// from empty gives the row.
/// </summary>
internal static class AuditedState
{
    /// <summary>Something happened to the account that its gating state does not say: it stays as it is.</summary>
    public static async Task NoteAsync(
        TollgateDb db,
        AccountId account,
        string cause,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var state = await SubscriptionState.LoadAsync(db, account, cancellationToken);
        var same = JsonSerializer.Serialize(state, AuditEntry.Json);
        db.Add(
            new AuditEntry
            {
                AccountId = account,
                At = now,
                Cause = cause,
                Before = same,
                After = same,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <param name="cause">What caused the sync, or the binding.</param>
    public static async Task SaveAsync(
        TollgateDb db,
        SubscriptionState before,
        SubscriptionState after,
        string cause,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var exists = await db.Set<SubscriptionState>()
            .AnyAsync(row => row.AccountId == after.AccountId, cancellationToken);
        db.Entry(after).State = exists ? EntityState.Modified : EntityState.Added;
        if (after.Version != before.Version)
        {
            db.Add(
                new AuditEntry
                {
                    AccountId = after.AccountId,
                    At = now,
                    Cause = cause,
                    Before = JsonSerializer.Serialize(before, AuditEntry.Json),
                    After = JsonSerializer.Serialize(after, AuditEntry.Json),
                }
            );
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
