using Microsoft.EntityFrameworkCore;
using Standalone.Storage;
using Tollgate;
using Tollgate.Outbox;

namespace Standalone.Webhooks;

/// <summary>
/// Makes of what the outbox dispatches one delivery for each endpoint that wants it; dispatched twice, it is there
/// once.
/// </summary>
internal sealed class QueueWebhooks(IDbContextFactory<StandaloneDb> contexts, TimeProvider machineTime) : IEffectHandler
{
    public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        var now = machineTime.GetUtcNow();
        if (WebhookMessage.Of(account, effect, now) is not { } message)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO standalone.webhook_deliveries
                (endpoint_id, message_id, account_id, type, body, state, attempts, not_before, created_at)
            SELECT id, {message.Id}, {account.Value}, {message.Type}, {message.Body}, 'waiting', 0, {now}, {now}
            FROM standalone.webhook_endpoints
            WHERE ended_at IS NULL AND (cardinality(types) = 0 OR {message.Type} = ANY (types))
            ON CONFLICT (endpoint_id, message_id) DO NOTHING
            """,
            cancellationToken
        );
    }
}
