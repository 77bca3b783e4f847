using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Outbox;
using Tollgate.Storage;

namespace Tollgate.Subscriptions;

/// <summary>Dispatches a change to a host's handler, with what the audit says of it.</summary>
internal sealed class DispatchSubscriptionChanged<THandler>(
    THandler handler,
    NpgsqlDataSource database,
    PlanCatalog catalog
) : IEffectHandler
    where THandler : ISubscriptionChangedHandler
{
    public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
    {
        if (effect is SubscriptionChanged changed)
        {
            await handler.HandleAsync(await ReadAsync(account, changed.Version, cancellationToken), cancellationToken);
        }
    }

    private async Task<SubscriptionChange> ReadAsync(
        AccountId account,
        long version,
        CancellationToken cancellationToken
    )
    {
        var found = await database
            .CreateCommand(
                """
                SELECT at, cause, before, after FROM billing.audit
                WHERE account_id = @account AND (after ->> 'Version')::bigint = @version
                """
            )
            .With("account", account)
            .With("version", version)
            .ReadAsync(
                row =>
                    Change(
                        account,
                        row.Time(0),
                        row.GetString(1),
                        ReadState(account, row.GetString(2)),
                        ReadState(account, row.GetString(3))
                    ),
                cancellationToken
            );
        return found is [var change]
            ? change
            : throw new InvalidOperationException($"The audit of {account} has no version {version}.");
    }

    private SubscriptionChange Change(
        AccountId account,
        DateTimeOffset at,
        string cause,
        SubscriptionState before,
        SubscriptionState after
    ) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{account}:{after.Version}"),
            account,
            at,
            cause,
            before,
            after,
            TierOf(before),
            TierOf(after)
        );

    private string TierOf(SubscriptionState state) =>
        state.OverrideTier ?? state.Plan ?? catalog.WithoutSubscription.Id;

    private static SubscriptionState ReadState(AccountId account, string json) =>
        JsonSerializer.Deserialize<SubscriptionState>(json, AuditEntry.Json)! with
        {
            AccountId = account,
        };
}
