using Npgsql;

namespace Tollgate.Simulation.Checks;

/// <summary>What the product says of the account: the row that gates.</summary>
internal sealed record AccountRow
{
    public static readonly AccountRow None = new();

    public string Plan { get; init; } = "free";

    public string? Subscription { get; init; }

    public string? Status { get; init; }

    public string? Price { get; init; }

    public int? Seats { get; init; }

    public DateTimeOffset? PaidThrough { get; init; }

    public DateTimeOffset? PastDueSince { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public static async Task<(AccountRow Row, long Version, DateTimeOffset? VerifiedAt)> ReadAsync(
        NpgsqlDataSource database
    )
    {
        await using var command = database.CreateCommand(
            """
            SELECT coalesce(plan, 'free'), subscription_id, stripe_status, price_id, seats, paid_through,
                past_due_since, ends_at, version, verified_at
            FROM billing.subscriptions
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            return (None, 0, null);
        }

        T? At<T>(int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);
        var row = new AccountRow
        {
            Plan = At<string>(0) ?? "free",
            Subscription = At<string>(1),
            Status = At<string>(2),
            Price = At<string>(3),
            Seats = At<int?>(4),
            PaidThrough = At<DateTimeOffset?>(5),
            PastDueSince = At<DateTimeOffset?>(6),
            EndsAt = At<DateTimeOffset?>(7),
        };
        return (row, reader.GetInt64(8), At<DateTimeOffset?>(9));
    }
}
