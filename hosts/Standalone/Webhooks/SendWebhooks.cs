using Microsoft.EntityFrameworkCore;
using Standalone.Storage;
using Tollgate.Hosting;

namespace Standalone.Webhooks;

/// <summary>
/// Delivers what is queued, at least once: a row is taken with a lease, any number of nodes may, and it is tried again
/// until the endpoint takes it or ten attempts within three days are over. Many at once but one of each endpoint, so
/// that a server which never answers delays nobody else's.
/// </summary>
internal sealed partial class SendWebhooks(
    IDbContextFactory<StandaloneDb> contexts,
    PostWebhook post,
    TimeProvider machineTime,
    ILogger<SendWebhooks> log
) : DeliveryLoop<SendWebhooks.DueDelivery>(machineTime)
{
    /// <summary>Longer than one attempt takes.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    /// <summary>After each attempt but the last, until the next; as Standard Webhooks suggests.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    private DateTimeOffset forgetAt;

    protected override string ReceiverOf(DueDelivery delivery) => delivery.Endpoint.Id;

    protected override Task TickAsync(CancellationToken cancellationToken) => ForgetAsync(cancellationToken);

    protected override void Failed(Exception failure) => LogFailed(failure);

    protected override async Task<DueDelivery?> TakeAsync(string[] busy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = MachineTime.GetUtcNow();
        var taken = await db.Set<WebhookDelivery>()
            .FromSql(
                $"""
                UPDATE standalone.webhook_deliveries SET attempts = attempts + 1, not_before = {now + LeaseLength}
                WHERE id = (
                    SELECT waiting.id FROM standalone.webhook_deliveries waiting
                    JOIN standalone.webhook_endpoints endpoint ON endpoint.id = waiting.endpoint_id
                    WHERE state = 'waiting' AND not_before <= {now} AND ended_at IS NULL
                        AND endpoint_id <> ALL ({busy})
                    ORDER BY not_before, waiting.id LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED)
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        if (taken is not [var delivery])
        {
            return null;
        }

        var to = await db.Set<WebhookEndpoint>()
            .AsNoTracking()
            .SingleAsync(row => row.Id == delivery.EndpointId, cancellationToken);
        return new DueDelivery(to, delivery);
    }

    protected override async Task SendAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        var posted = await post.RunAsync(delivery.Endpoint, delivery.Delivery, cancellationToken);
        await SettleAsync(delivery, posted, cancellationToken);
    }

    private async Task SettleAsync(DueDelivery due, PostedWebhook posted, CancellationToken cancellationToken)
    {
        var delivery = due.Delivery;
        var state =
            posted.Fault is null ? WebhookDelivery.Done
            : posted.IsGone || delivery.Attempts > Pauses.Length ? WebhookDelivery.Dead
            : WebhookDelivery.Waiting;
        var now = MachineTime.GetUtcNow();
        var next = state == WebhookDelivery.Waiting ? now + Pauses[delivery.Attempts - 1] : now;
        Log(due, state, posted);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // who took it later has it
        await db.Set<WebhookDelivery>()
            .Where(row => row.Id == delivery.Id && row.Attempts == delivery.Attempts)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(one => one.State, state)
                        .SetProperty(one => one.LastError, posted.Fault)
                        .SetProperty(one => one.NotBefore, next),
                cancellationToken
            );
        if (posted.IsGone)
        {
            await db.Set<WebhookEndpoint>()
                .Where(row => row.Id == due.Endpoint.Id && row.EndedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.EndedAt, now), cancellationToken);
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = MachineTime.GetUtcNow();
        if (now < forgetAt)
        {
            return;
        }

        forgetAt = now + ForgetEvery;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = db.Set<WebhookEndpoint>().Where(one => one.EndedAt != null).Select(one => one.Id);
        await db.Set<WebhookDelivery>()
            .Where(row => row.CreatedAt < now - KeptFor)
            .Where(row => row.State == WebhookDelivery.Done || ended.Contains(row.EndpointId))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private void Log(DueDelivery due, string state, PostedWebhook posted)
    {
        var delivery = due.Delivery;
        if (state == WebhookDelivery.Dead)
        {
            LogDead(delivery.MessageId, due.Endpoint.Id, delivery.Attempts, posted.Fault);
            return;
        }

        LogSent(delivery.MessageId, due.Endpoint.Id, state, delivery.Attempts, posted.Fault);
    }

    internal sealed record DueDelivery(WebhookEndpoint Endpoint, WebhookDelivery Delivery);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Webhook {Message} to {Endpoint}: {State} (attempt {Attempt}, {Fault})"
    )]
    private partial void LogSent(string message, string endpoint, string state, int attempt, string? fault);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Webhook {Message} to {Endpoint} is given up (attempt {Attempt}, {Fault}): see `webhooks replay`"
    )]
    private partial void LogDead(string message, string endpoint, int attempt, string? fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks could not be sent and will be tried again")]
    private partial void LogFailed(Exception failure);
}
