using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Tollgate.Commands.Checks;

/// <summary>Whoever the host bills is known to billing, and plans by hand without an end are listed.</summary>
internal sealed class AccountsCheck(IServiceScopeFactory scopes, OpenMissingAccounts missing, NpgsqlDataSource database)
{
    private const string Name = "every tenant has an account";
    private const int NamedMax = 10;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        [await CompareAsync(cancellationToken), .. await ListEndlessAsync(cancellationToken)];

    private async Task<Finding> CompareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IHostAccounts>() is not { } accounts)
        {
            return Finding.Warn(Name, "not known: the host registers no IHostAccounts that lists its tenants");
        }

        var count = await accounts.ListAsync(cancellationToken).CountAsync(cancellationToken);
        var unknown = await missing.FindAsync(cancellationToken).ToListAsync(cancellationToken);
        return unknown.Count > 0
                ? Finding.Fails(
                    Name,
                    $"{unknown.Count} of {count} have none, and cannot buy: "
                        + $"{string.Join(", ", unknown.Take(NamedMax).Select(one => one.Account.Value))}; "
                        + "a start or `migrate up` opens them"
                )
            : count == 0 ? Finding.Warn(Name, "there is no tenant yet")
            : Finding.Good(Name, $"{count} tenants");
    }

    // decision S10: a contract must not end by itself, and must not be forgotten either
    private async Task<IReadOnlyList<Finding>> ListEndlessAsync(CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                SELECT account_id, override_tier, override_author, override_reason FROM billing.subscriptions
                WHERE override_tier IS NOT NULL AND (override_until IS NULL OR override_until = 'infinity')
                ORDER BY account_id
                """
            )
            .ReadAsync(
                row =>
                    Finding.Warn(
                        $"override without an end: {row.GetString(0)}",
                        $"{row.GetString(1)}, set by {row.GetString(2)}: {row.GetString(3)}"
                    ),
                cancellationToken
            );
}
