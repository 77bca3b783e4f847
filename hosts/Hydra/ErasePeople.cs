using Hydra.Gated;
using Hydra.Repos;
using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Storage;

namespace Hydra;

/// <summary>
/// Of a closed tenant its id stays, and what was done and run, by nobody. Its people can sign up anew.
/// </summary>
internal sealed class ErasePeople(IDbContextFactory<HydraDb> contexts) : IPersonalData
{
    private const string Erased = "erased";

    public async Task EraseAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        AccountId account,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.JoinAsync(connection, transaction, cancellationToken);
        var tenant = account.Value;
        await db
            .Users.Where(user => db.Memberships.Any(row => row.UserId == user.Id && row.OrganizationId == tenant))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Set<Invitation>().Where(row => row.OrganizationId == tenant).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Developer>().Where(row => row.OrganizationId == tenant).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Repo>().Where(row => row.OrganizationId == tenant).ExecuteDeleteAsync(cancellationToken);
        await db.Set<TenantSetting>().Where(row => row.OrganizationId == tenant).ExecuteDeleteAsync(cancellationToken);
        await db.Set<JiraIssue>().Where(row => row.OrganizationId == tenant).ExecuteDeleteAsync(cancellationToken);
        await db.Set<LogEntry>()
            .Where(row => row.OrganizationId == tenant)
            .ExecuteUpdateAsync(
                row => row.SetProperty(entry => entry.Actor, Erased).SetProperty(entry => entry.Subject, Erased),
                cancellationToken
            );
        await db
            .Organizations.Where(row => row.Id == tenant)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, Erased), cancellationToken);
    }
}
