using System.Security.Claims;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Startup;

namespace Notes;

/// <summary>Tables of the app's own, in Tollgate's database and in plain SQL.</summary>
internal sealed class Tables(NpgsqlDataSource database) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            CREATE SCHEMA IF NOT EXISTS notes;
            CREATE TABLE IF NOT EXISTS notes.writers (email text PRIMARY KEY, team text NOT NULL, is_admin bool NOT NULL);
            CREATE TABLE IF NOT EXISTS notes.notes (id bigserial PRIMARY KEY, team text NOT NULL, text text NOT NULL);
            """
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What the app does with its tables. Everybody of one domain is one team.</summary>
internal sealed class Team(NpgsqlDataSource database)
{
    public async Task JoinAsync(string email)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO notes.writers
            SELECT $1, $2, NOT EXISTS (SELECT FROM notes.writers WHERE team = $2)
            ON CONFLICT DO NOTHING
            """
        );
        command.Parameters.Add(new() { Value = email });
        command.Parameters.Add(new() { Value = TeamOf(email) });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<IResult> AddAsync(ClaimsPrincipal me, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Results.BadRequest(); // nothing was written, and the meter counts nothing
        }

        await using var command = database.CreateCommand("INSERT INTO notes.notes (team, text) VALUES ($1, $2)");
        command.Parameters.Add(new() { Value = TeamOf(me.Identity!.Name!) });
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync();
        return Results.NoContent();
    }

    public async Task<List<string>> NotesAsync(ClaimsPrincipal me, string searched = "")
    {
        await using var command = database.CreateCommand(
            "SELECT text FROM notes.notes WHERE team = $1 AND strpos(lower(text), lower($2)) > 0 ORDER BY id DESC"
        );
        command.Parameters.Add(new() { Value = TeamOf(me.Identity!.Name!) });
        command.Parameters.Add(new() { Value = searched });
        await using var rows = await command.ExecuteReaderAsync();
        List<string> notes = [];
        while (await rows.ReadAsync())
        {
            notes.Add(rows.GetString(0));
        }

        return notes;
    }

    private static string TeamOf(string email) => email[(email.LastIndexOf('@') + 1)..];
}

/// <summary>What Tollgate asks of the app: who calls, and how many seats are in use.</summary>
internal sealed class Teams(NpgsqlDataSource database) : IAccountDirectory
{
    public async ValueTask<BillingCaller?> FindCallerAsync(
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.CreateCommand("SELECT team, is_admin FROM notes.writers WHERE email = $1");
        command.Parameters.Add(new() { Value = principal.Identity?.Name ?? "" });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new BillingCaller(new AccountId(row.GetString(0)), IsBillingAdmin: row.GetBoolean(1))
            : null;
    }

    public async ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*)::int FROM notes.writers WHERE team = $1");
        command.Parameters.Add(new() { Value = account.Value });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
