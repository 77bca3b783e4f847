using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Startup;
using Tollgate.Storage;

namespace Tollgate.Accounts;

/// <summary>
/// Makes every account of the host's known to billing, at the start and after a migration, so that nobody of whom it
/// has lost or never had the row is refused.
/// </summary>
internal sealed partial class OpenMissingAccounts(
    IServiceScopeFactory scopes,
    NpgsqlDataSource database,
    OpenAccount open,
    ILogger<OpenMissingAccounts> logger
) : IStartupStep, IAfterMigration
{
    private const int BatchSize = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var opened = 0;
        await foreach (var account in FindAsync(cancellationToken))
        {
            try
            {
                await open.RunAsync(account.Account, account.Name, account.BillingEmail, cancellationToken);
                opened++;
            }
            catch (ArgumentException unusable)
            {
                // one name that cannot be sent to Stripe keeps nobody else from being served; doctor names the account
                LogNotOpened(account.Account, unusable.Message);
            }
        }

        if (opened > 0)
        {
            LogOpened(opened);
        }
    }

    /// <summary>Those of the host's accounts that billing does not know; none where the host lists none.</summary>
    public async IAsyncEnumerable<HostAccount> FindAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IHostAccounts>() is not { } accounts)
        {
            yield break;
        }

        await foreach (
            var batch in accounts.ListAsync(cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken)
        )
        {
            var unknown = await database
                .CreateCommand(
                    """
                    SELECT id FROM unnest(@ids) id
                    WHERE NOT EXISTS (SELECT FROM billing.accounts WHERE account_id = id)
                    """
                )
                .With("ids", Array.ConvertAll(batch, one => one.Account.Value))
                .ReadAsync(row => row.GetString(0), cancellationToken);
            var wanted = unknown.ToHashSet(StringComparer.Ordinal);
            foreach (var account in batch.Where(one => wanted.Contains(one.Account.Value)))
            {
                yield return account;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} accounts of the host's are known to billing now.")]
    private partial void LogOpened(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The account {Account} cannot be billed: {Why}")]
    private partial void LogNotOpened(AccountId account, string why);
}
