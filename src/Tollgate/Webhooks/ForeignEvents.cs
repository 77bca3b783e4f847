using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Webhooks;

/// <summary>
/// In a Stripe account that other systems use, too, distinguishes their events from those of a customer of ours that is
/// not bound yet. Every customer of ours carries the account's id in its metadata from the call that made it, and so do
/// its subscriptions and their invoices; what has neither is ignored. In doubt an event stays parked.
/// </summary>
internal sealed partial class ForeignEvents(
    NpgsqlDataSource database,
    StripeClient stripe,
    StripeReadBudget budget,
    PlanCatalog catalog,
    TimeProvider machineTime,
    ILogger<ForeignEvents> log
)
{
    private const int Batch = 20;

    /// <summary>Within this a customer of ours is bound as a rule, and costs no read.</summary>
    private static readonly TimeSpan BoundWithin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private long? lastRun;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (lastRun is { } last && machineTime.GetElapsedTime(last) < Interval)
        {
            return;
        }

        lastRun = machineTime.GetTimestamp();
        foreach (var unknown in await FindUnjudgedAsync(cancellationToken))
        {
            if (await JudgeAsync(unknown, cancellationToken) is not { } isForeign)
            {
                return; // Stripe cannot be asked now: they stay parked until the next round
            }

            await SettleAsync(unknown.CustomerId, isForeign, cancellationToken);
        }
    }

    /// <summary>Customers that nobody knows, each with whether one of its events names us.</summary>
    private async Task<List<Unknown>> FindUnjudgedAsync(CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                SELECT event.customer_id, bool_or(position(convert_to(@key, 'UTF8') IN payload.body) > 0)
                FROM billing.inbox_receipts event JOIN billing.inbox_payloads payload USING (event_id)
                WHERE event.state = 'parked' AND event.reason = 'unknown_account' AND event.received_at < @before
                    AND NOT (event.customer_id IS NULL AND event.type = ANY(@unnamed))
                    AND NOT EXISTS (
                        SELECT FROM billing.stripe_bindings binding
                        WHERE binding.stripe_id = event.customer_id OR binding.stripe_id = event.subscription_id)
                GROUP BY event.customer_id ORDER BY min(event.received_at) LIMIT @most
                """
            )
            .With("key", $"\"{catalog.TenantKey}\"")
            .With("before", machineTime.GetUtcNow() - BoundWithin)
            .With("unnamed", EventRoutes.WithoutCustomer.ToArray())
            .With("most", Batch)
            .ReadAsync(row => new Unknown(row.Nullable<string>(0), row.GetBoolean(1)), cancellationToken);

    /// <summary>Null when it cannot be found out now.</summary>
    private async Task<bool?> JudgeAsync(Unknown unknown, CancellationToken cancellationToken)
    {
        if (unknown.NamesUs)
        {
            return false;
        }

        if (unknown.CustomerId is not { } customerId)
        {
            return true; // all that we make at Stripe has a customer
        }

        await budget.SpendAsync(cancellationToken);
        var customer = await stripe.GetCustomer(customerId, cancellationToken);
        return customer.Refusal switch
        {
            // a deleted one has no metadata left, and nothing that could still be bought or paid
            null => !customer.Value.Metadata.ContainsKey(catalog.TenantKey),
            StripeRefusal.ResourceMissing => false,
            _ => null,
        };
    }

    private async Task SettleAsync(string? customerId, bool isForeign, CancellationToken cancellationToken)
    {
        var settled = await UnknownEvents.SettleAsync(
            database,
            customerId,
            isForeign,
            machineTime.GetUtcNow() - BoundWithin,
            EventRoutes.WithoutCustomer,
            cancellationToken
        );
        if (isForeign)
        {
            BillingMetrics.Foreign(settled);
            LogForeign(settled, customerId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ignored {Count} events of {Customer}, another system's")]
    private partial void LogForeign(int count, string? customer);

    private sealed record Unknown(string? CustomerId, bool NamesUs);
}
