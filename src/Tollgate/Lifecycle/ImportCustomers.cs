using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Checkout;
using Tollgate.Deadlines;
using Tollgate.Inbox;
using Tollgate.Outbox;
using Tollgate.Storage;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Lifecycle;

/// <summary>
/// Binds accounts to customers and subscriptions that Stripe has already, and syncs each by the single writer. A line
/// is imported wholly or refused with its reason, and the others go on; a second import of the same changes nothing.
/// </summary>
internal sealed class ImportCustomers(
    IDbContextFactory<TollgateDb> contexts,
    NpgsqlDataSource database,
    AccountLeases leases,
    DeletedCustomer deleted,
    SubscriptionSync sync,
    ProjectionCommit commit,
    StripeClient stripe,
    StripeReadBudget budget,
    PlanCatalog catalog,
    PriceBook prices,
    BillingClock clock
)
{
    private const string Refused = "refused";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <param name="lines"><c>account,cus_...[,sub_...]</c>; empty ones and those that begin with <c>#</c> are
    /// passed over.</param>
    /// <param name="isDryRun">Says what would be done.</param>
    /// <param name="progress">How many of how many lines are done.</param>
    public async Task<IReadOnlyList<ImportedLine>> RunAsync(
        IReadOnlyList<string> lines,
        bool isDryRun,
        Action<int, int> progress,
        CancellationToken cancellationToken
    )
    {
        var done = new List<ImportedLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (ImportLine.HasContent(lines[i]))
            {
                var line = ImportLine.Read(i + 1, lines[i]);
                var (outcome, detail) = line is null
                    ? (Refused, "It is not account,cus_...[,sub_...].")
                    : await ImportAsync(line, isDryRun, cancellationToken);
                done.Add(new ImportedLine(i + 1, lines[i].Trim(), outcome, detail));
            }

            progress(i + 1, lines.Count);
        }

        return done;
    }

    private async Task<(string Outcome, string? Detail)> ImportAsync(
        ImportLine line,
        bool isDryRun,
        CancellationToken cancellationToken
    )
    {
        var (account, known) = await LoadAsync(line, cancellationToken);
        var isReplacing =
            account is { ClosedAt: null, StripeCustomerId: { } former }
            && former != line.Customer
            && await deleted.IsDeletedAsync(former, cancellationToken) is { IsRefused: false, Value: true };
        if (FindObstacle(line, account, known, isReplacing) is { } obstacle)
        {
            return (Refused, obstacle);
        }

        var asked = await AskAsync(line, cancellationToken);
        if (asked.Refusal is { } refusal)
        {
            return (Refused, refusal);
        }

        var subscription = line.Subscription ?? asked.Subscription;
        if (
            !isReplacing
            && account!.StripeCustomerId is not null
            && (subscription is null || known.ContainsKey(subscription))
        )
        {
            return ("known", null);
        }

        if (isDryRun)
        {
            return ("would_import", null);
        }

        if (await MarkAsync(line, cancellationToken) is { } no)
        {
            return (Refused, no);
        }

        // held from before the binding, so that the first sync is this one, whatever events wait for the customer
        if (await leases.TakeAsync(line.Account, Patience, cancellationToken) is not { } lease)
        {
            return (Refused, $"{line.Account} is being changed by somebody else.");
        }

        try
        {
            if (isReplacing && (await deleted.TryForgetAsync(line.Account, cancellationToken)).Refusal is { } unclear)
            {
                return (Refused, unclear.Message);
            }

            if (await BindAsync(line, subscription, cancellationToken) is { } taken)
            {
                return (Refused, taken);
            }

            await SyncAsync(lease, cancellationToken);
            return ("imported", null);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    // a plan that was bought long ago is not new to its owner
    private async Task SyncAsync(AccountLease lease, CancellationToken cancellationToken)
    {
        var result = await sync.CompareAsync(lease.Account, cancellationToken);
        var quiet = result.Projection is Projection.Projected seen
            ? seen with
            {
                Effects = [.. seen.Effects.Where(effect => effect is not PlanActivated)],
            }
            : result.Projection;
        result = result with { Projection = quiet, Cause = "import" };
        await commit.ProjectAsync(lease, result, clock.Now, cancellationToken);
    }

    // the account, and whose the ids of the line are
    private async Task<(BillingAccount? Account, Dictionary<string, string> Known)> LoadAsync(
        ImportLine line,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Set<BillingAccount>()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.AccountId == line.Account, cancellationToken);
        var owners = await database
            .CreateCommand(
                """
                SELECT stripe_id, account_id FROM billing.stripe_bindings
                WHERE stripe_id = ANY(@named) OR account_id = @account
                """
            )
            .With("named", new[] { line.Customer, line.Subscription ?? line.Customer })
            .With("account", line.Account)
            .ReadAsync(row => (Id: row.GetString(0), Owner: row.GetString(1)), cancellationToken);
        return (account, owners.ToDictionary(owner => owner.Id, owner => owner.Owner));
    }

    private static string? FindObstacle(
        ImportLine line,
        BillingAccount? account,
        Dictionary<string, string> owners,
        bool isReplacing
    ) =>
        account is null ? $"There is no account {line.Account}; open it first."
        : account.ClosedAt is not null ? $"{line.Account} is closed."
        : !isReplacing && account.StripeCustomerId is { } other && other != line.Customer
            ? $"{line.Account} has the customer {other}."
        : new[] { line.Customer, line.Subscription }
            .OfType<string>()
            .Where(id => owners.GetValueOrDefault(id, line.Account.Value) != line.Account.Value)
            .Select(id => $"{id} belongs to another account.")
            .FirstOrDefault();

    private async Task<(string? Subscription, string? Refusal)> AskAsync(
        ImportLine line,
        CancellationToken cancellationToken
    )
    {
        await budget.SpendAsync(cancellationToken);
        var customer = await stripe.GetCustomer(line.Customer, cancellationToken);
        if (customer.Refusal is StripeRefusal.ResourceMissing || customer is { IsRefused: false, Value.Deleted: true })
        {
            return (null, $"Stripe has no customer {line.Customer}.");
        }

        if (customer.Refusal is { } refusal)
        {
            return (null, refusal.Message);
        }

        if (customer.Value.Metadata.GetValueOrDefault(catalog.TenantKey) is { } tenant && tenant != line.Account.Value)
        {
            return (null, $"{line.Customer} is marked as {tenant}'s at Stripe.");
        }

        await budget.SpendAsync(cancellationToken);
        var listed = await stripe.ListSubscriptions(line.Customer, cancellationToken);
        if (listed.Refusal is { } no)
        {
            return (null, no.Message);
        }

        var current = line.Subscription is { } named
            ? listed.Value.FirstOrDefault(one => one.Id == named)
            : CurrentSubscription.Choose(
                [.. CurrentSubscription.OursOf(listed.Value, currentId: null, catalog, prices)],
                catalog,
                prices
            );
        if (current is null)
        {
            return (null, line.Subscription is null ? null : $"{line.Customer} has no {line.Subscription}.");
        }

        var isKnown = current.Items.Any(item => prices.TryRecognise(item.PriceId, out _));
        var held = string.Join(", ", current.Items.Select(item => item.PriceId));
        return (current.Id, isKnown ? null : $"unknown_price: the catalog knows none of {held}.");
    }

    // so that a second customer of the same tenant is recognised as one
    private async Task<string?> MarkAsync(ImportLine line, CancellationToken cancellationToken)
    {
        var mark = new CustomerParams
        {
            Metadata = new Dictionary<string, string> { [catalog.TenantKey] = line.Account.Value },
        };
        var key = IdempotencyKey.Unrepeated();
        return (await stripe.UpdateCustomer(line.Customer, mark, key, cancellationToken)).Refusal?.Message;
    }

    /// <summary>Null when all of it is bound; else whose it became meanwhile, and nothing is.</summary>
    private async Task<string?> BindAsync(ImportLine line, string? subscription, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var begun = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var transaction = (NpgsqlTransaction)begun.GetDbTransaction();
        var now = clock.Now;
        await AccountLeases.AdvanceDeadlineAsync(connection, transaction, line.Account, now, cancellationToken);
        foreach (var id in new[] { line.Customer, subscription }.OfType<string>())
        {
            var isTheirs = await StripeBindings.TryOwnAsync(
                connection,
                transaction,
                line.Account,
                id,
                now,
                cancellationToken
            );
            if (!isTheirs)
            {
                return $"{id} belongs to another account.";
            }
        }

        var isGiven = await AccountRows.TryGiveCustomerAsync(
            connection,
            transaction,
            line.Account,
            line.Customer,
            cancellationToken
        );
        if (!isGiven)
        {
            return $"{line.Account} has another customer, or is closed.";
        }

        await UnknownEvents.ReopenAsync(connection, transaction, line.Customer, cancellationToken);
        if (subscription is not null)
        {
            await SubscriptionPointer.BindAsync(db, line.Account, subscription, "import", now, cancellationToken);
        }

        await begun.CommitAsync(cancellationToken);
        return null;
    }
}
