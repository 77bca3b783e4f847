using System.Runtime.CompilerServices;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;

namespace MyApp;

public sealed class MyTenants(NpgsqlDataSource database) : IHostAccounts
{
    public async IAsyncEnumerable<HostAccount> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id::text, name, email FROM users ORDER BY id");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return new HostAccount(new AccountId(rows.GetString(0)), rows.GetString(1), rows.GetString(2));
        }
    }
}
