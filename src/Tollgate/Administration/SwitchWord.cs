using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Administration;

/// <summary>What was last said of the switch; the environment's false wins over it.</summary>
/// <param name="SetAt">Machine time.</param>
internal sealed record SwitchWord(bool IsOn, string Why, string Author, DateTimeOffset SetAt)
{
    /// <summary>Null when nobody ever said anything: on.</summary>
    public static async Task<SwitchWord?> ReadLastAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var said = await database
            .CreateCommand("SELECT is_on, why, author, set_at FROM billing.switches ORDER BY switch_id DESC LIMIT 1")
            .ReadAsync(
                row => new SwitchWord(row.GetBoolean(0), row.GetString(1), row.GetString(2), row.Time(3)),
                cancellationToken
            );
        return said is [var last] ? last : null;
    }

    /// <summary>For a process that does not listen to the switch.</summary>
    public static async Task<bool> IsOnAsync(
        NpgsqlDataSource database,
        TollgateOptions options,
        CancellationToken cancellationToken
    ) => options.BillingEnabled && await ReadLastAsync(database, cancellationToken) is not { IsOn: false };
}
