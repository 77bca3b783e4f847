using Npgsql;

namespace Tollgate.Storage;

/// <summary>
/// Makes the contract views, in place, so that what was granted on them stays granted. While the tables below them are
/// changed each is a view of the same columns that leans on no table, and whoever reads it is asked to wait.
/// </summary>
internal sealed class KeepContractViews(NpgsqlDataSource database, IEnumerable<ContractView> views)
{
    /// <summary>Those that are not there.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var view in views)
        {
            if (await ColumnsAsync(view, cancellationToken) is null)
            {
                missing.Add($"view {view.Name}");
            }
        }

        return missing;
    }

    /// <summary>Before the tables change: no view and no name of the host's stands in the way.</summary>
    public async Task StepAsideAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            if (await ColumnsAsync(view, cancellationToken) is { } columns)
            {
                await RunAsync(Closed(view, columns), cancellationToken);
            }

            foreach (var (own, promised) in view.IndexNames)
            {
                await RunAsync(Rename(promised, own), cancellationToken);
            }
        }
    }

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            await MakeAsync(view, cancellationToken);
            foreach (var (own, promised) in view.IndexNames)
            {
                await RunAsync(Rename(own, promised), cancellationToken);
            }
        }
    }

    /// <summary>After some migrations were taken back: what the tables can still show is shown.</summary>
    public async Task MakeWhatCanBeAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            try
            {
                await MakeAsync(view, cancellationToken);
            }
            catch (PostgresException lacking)
                when (lacking.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
            {
                // it reads what came with a migration that was taken back: it stays closed until that is here again
            }
        }
    }

    public async Task DropAsync(CancellationToken cancellationToken)
    {
        foreach (var view in views)
        {
            await RunAsync($"DROP VIEW IF EXISTS {view.Name}", cancellationToken);
        }
    }

    /// <summary>What <see cref="MakeAsync(CancellationToken)"/> does, for whoever types it.</summary>
    public string Script() =>
        string.Concat(
            views.Select(view =>
                $"{Create(view)};\n"
                + string.Concat(view.IndexNames.Select(index => $"{Rename(index.Key, index.Value)};\n"))
            )
        );

    private async Task MakeAsync(ContractView view, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(Create(view), cancellationToken);
        }
        catch (PostgresException changed) when (changed.SqlState == PostgresErrorCodes.InvalidTableDefinition)
        {
            await MakeAnewAsync(view, cancellationToken); // a column is gone or of another type
        }
    }

    private async Task MakeAnewAsync(ContractView view, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var grants = await connection
            .Statement(
                transaction,
                """
                SELECT format('GRANT %s ON %s TO %s%s', privilege_type, @view,
                    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
                    CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(@view)
                """
            )
            .With("view", view.Name)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        foreach (var statement in (string[])[$"DROP VIEW {view.Name}", Create(view), .. grants])
        {
            await connection.Statement(transaction, statement).RunAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The view's columns as nulls of their types; null when there is no such view.</summary>
    private async Task<string?> ColumnsAsync(ContractView view, CancellationToken cancellationToken)
    {
        var columns = await database
            .CreateCommand(
                """
                SELECT string_agg(format('NULL::%s AS %I', format_type(atttypid, atttypmod), attname), ', '
                    ORDER BY attnum)
                FROM pg_attribute WHERE attrelid = to_regclass(@view) AND attnum > 0 AND NOT attisdropped
                """
            )
            .With("view", view.Name)
            .ReadAsync(row => row.Nullable<string>(0), cancellationToken);
        return columns.Single();
    }

    // the condition is not worked out before somebody reads, and then says what is the matter
    private static string Closed(ContractView view, string columns) =>
        $"CREATE OR REPLACE VIEW {view.Name} AS SELECT {columns} "
        + "WHERE ('the tables are being changed, ask again later'::text)::boolean";

    private static string Create(ContractView view) => $"CREATE OR REPLACE VIEW {view.Name} AS {view.Query}";

    private static string Rename(string from, string to) => $"ALTER INDEX IF EXISTS billing.{from} RENAME TO {to}";

    private Task<int> RunAsync(string statement, CancellationToken cancellationToken) =>
        database.CreateCommand(statement).RunAsync(cancellationToken);
}
