using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>Searches every text of every table, so that one that is added later is searched too.</summary>
internal static class ErasedNames
{
    public static async Task AreGoneAsync(HydraHost hydra, string name)
    {
        var token = TestContext.Current.CancellationToken;
        var tables = new List<string>();
        await using (
            var command = hydra.Database.CreateCommand(
                """
                SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
                WHERE table_schema IN ('billing', 'hydra') AND table_type = 'BASE TABLE'
                """
            )
        )
        {
            await using var rows = await command.ExecuteReaderAsync(token);
            while (await rows.ReadAsync(token))
            {
                tables.Add(rows.GetString(0));
            }
        }

        // a delivery that arrives late is recorded first, and erased when it is settled
        await Eventually.Async(
            async () => await FindAsync(hydra, tables, name) is null,
            ct: token,
            what: $"nothing to name {name}"
        );
    }

    private static async Task<string?> FindAsync(HydraHost hydra, IEnumerable<string> tables, string name)
    {
        foreach (var table in tables)
        {
            var text = table.StartsWith("billing.inbox_payloads", StringComparison.Ordinal)
                ? "convert_from(body, 'UTF8')"
                : "entry::text";
            var found = await hydra.QueryAsync<string>(
                $"SELECT {text} FROM {table} entry WHERE {text} LIKE '%{name}%' LIMIT 1"
            );
            if (found is not null)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{table} names {name}: {found}");
                return found;
            }
        }

        return null;
    }
}
