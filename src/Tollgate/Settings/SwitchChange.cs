using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Settings;

/// <summary>The last change of the switch; the environment's false wins over it.</summary>
/// <param name="SetAt">Machine time.</param>
internal sealed record SwitchChange(bool IsOn, string Why, string Author, DateTimeOffset SetAt)
{
    /// <summary>Null when it was never changed: on.</summary>
    public static async Task<SwitchChange?> ReadLastAsync(
        NpgsqlDataSource database,
        CancellationToken cancellationToken
    )
    {
        var rows = await database
            .CreateCommand("SELECT is_on, why, author, set_at FROM billing.switches ORDER BY switch_id DESC LIMIT 1")
            .ReadAsync(
                row => new SwitchChange(row.GetBoolean(0), row.GetString(1), row.GetString(2), row.Time(3)),
                cancellationToken
            );
        return rows is [var last] ? last : null;
    }

    /// <summary>For a process that does not listen to the switch.</summary>
    public static async Task<bool> IsOnAsync(
        NpgsqlDataSource database,
        TollgateOptions options,
        CancellationToken cancellationToken
    ) => options.BillingEnabled && await ReadLastAsync(database, cancellationToken) is not { IsOn: false };
}
