using Npgsql;

namespace Tollgate.Load.Plain;

/// <summary>One INSERT of the event for each request, which commits by itself.</summary>
internal static class SingleInsert
{
    public static async Task RunAsync(NpgsqlDataSource database, byte[] body)
    {
        var ids = EventIds.Of(body);
        await using var insert = database.CreateCommand(
            "INSERT INTO events (id, type, customer, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING"
        );
        insert.Parameters.AddWithValue(ids.Id);
        insert.Parameters.AddWithValue(ids.Type);
        insert.Parameters.AddWithValue(ids.Customer);
        insert.Parameters.AddWithValue(body);
        await insert.ExecuteNonQueryAsync();
    }
}
