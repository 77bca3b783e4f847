using Npgsql;
using Tollgate.Alerts;
using Tollgate.Inbox;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Webhooks;

/// <summary>
/// Finds out whose a dispute or a refund is: its events name a charge and no customer. Once they have one they are like
/// any other event, parked where the customer belongs to no account.
/// </summary>
internal sealed class NameDisputed(NpgsqlDataSource database, StripeClient stripe, StripeReadBudget budget)
{
    private const int Batch = 20;

    /// <summary>The payment was made without a customer, so that nobody's access hangs on it.</summary>
    public const string NoCustomer = "no_customer";

    public const string QuarantinedDispute = "quarantined_dispute";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var events in (await TakeAsync(cancellationToken)).GroupBy(taken => (taken.ObjectId, taken.IsDispute)))
        {
            var ids = events.Select(taken => taken.EventId).ToArray();
            var (objectId, isDispute) = events.Key;
            await SettleAsync(ids, await FindAsync(objectId, isDispute, cancellationToken), cancellationToken);
        }
    }

    // What cannot be found out now waits ever longer; whoever takes it has half a minute before another node does.
    private async Task<List<(string EventId, string ObjectId, bool IsDispute)>> TakeAsync(
        CancellationToken cancellationToken
    ) =>
        [
            .. (await UnnamedEvents.TakeAsync(database, EventRoutes.WithoutCustomer, Batch, cancellationToken)).Select(
                taken => (taken.EventId, taken.ObjectId, EventRoutes.Find(taken.Type) is { NamesDispute: true })
            ),
        ];

    private async Task<Finding> FindAsync(string objectId, bool isDispute, CancellationToken cancellationToken)
    {
        try
        {
            await budget.SpendAsync(cancellationToken);
            var answer = isDispute
                ? await stripe.GetDisputedCharge(objectId, cancellationToken)
                : await stripe.GetRefundedCharge(objectId, cancellationToken);
            return answer.Refusal is StripeRefusal.ResourceMissing ? new Finding(null, "ignored", NoCustomer)
                : answer.Refusal is { } refusal ? new Finding(null, "waiting", refusal.GetType().Name)
                : answer.Value.CustomerId is { } customer ? new Finding(customer, "received", Reason: null)
                : new Finding(null, "ignored", NoCustomer);
        }
        catch (StripeShapeException)
        {
            // like any object that this version cannot read it is for an operator (decision W6)
            return new Finding(null, "quarantined", QuarantinedDispute);
        }
    }

    private async Task SettleAsync(string[] eventIds, Finding finding, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await UnnamedEvents.SettleAsync(
            connection,
            transaction,
            eventIds,
            (finding.CustomerId, finding.State, finding.Reason),
            cancellationToken
        );
        if (finding.State == "quarantined")
        {
            foreach (var id in eventIds)
            {
                await AlertLog.RaiseAsync(
                    connection,
                    transaction,
                    account: null,
                    QuarantinedDispute,
                    id,
                    cancellationToken
                );
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record Finding(string? CustomerId, string State, string? Reason);
}
