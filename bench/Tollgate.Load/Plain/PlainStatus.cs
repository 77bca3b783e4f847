using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Tollgate.Load.Plain;

/// <summary>
/// The status of the caller's account by SQL on every call, from the tables that the product has: who calls, which
/// account, its subscription, its meters, its seats.
/// </summary>
internal static class PlainStatus
{
    private const string Session = """
        SELECT session.user_id FROM sign_in.sessions session
        JOIN hydra."AspNetUsers" person
            ON person."Id" = session.user_id AND person."SecurityStamp" = session.security_stamp
        WHERE session.session_hash = $1 AND session.expires_at > clock_timestamp()
        """;
    private const string Member = """SELECT "OrganizationId" FROM hydra."Memberships" WHERE "UserId" = $1""";
    private const string Subscription =
        "SELECT stripe_status, seats, price_id, paid_through FROM billing.subscriptions WHERE account_id = $1";
    private const string Meters =
        "SELECT meter, used, reserved, plan_limit, window_ends_at FROM billing.meters WHERE account_id = $1";
    private const string Seats = """
        SELECT count(*)::int FROM hydra."Developers" developer WHERE "OrganizationId" = $1
            AND EXISTS (SELECT FROM hydra."Contributions" one WHERE one."DeveloperId" = developer."Id")
        """;

    /// <summary>One statement after the other.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext http, NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        if (await FirstAsync(Session, Hash(http)) is not string user)
        {
            return Results.Unauthorized();
        }

        var account = (string)(await FirstAsync(Member, user))!;
        var status = await FirstAsync(Subscription, account) as string;
        var meters = new List<MeterAnswer>();
        DateTime? reset = null;
        await using (var command = Command(Meters, account))
        await using (var rows = await command.ExecuteReaderAsync(http.RequestAborted))
        {
            while (await rows.ReadAsync(http.RequestAborted))
            {
                meters.Add(new(rows.GetString(0), rows.GetInt32(1)));
                reset = await rows.IsDBNullAsync(4) ? reset : rows.GetDateTime(4);
            }
        }

        var seats = (int)(await FirstAsync(Seats, account))!;
        return Results.Json(new StatusAnswer(status ?? "free", seats, meters, reset));

        async Task<object?> FirstAsync(string sql, object parameter)
        {
            await using var command = Command(sql, parameter);
            return await command.ExecuteScalarAsync(http.RequestAborted);
        }

        NpgsqlCommand Command(string sql, object parameter) =>
            new(sql, connection) { Parameters = { new() { Value = parameter } } };
    }

    /// <summary>All in one statement.</summary>
    public static async Task<IResult> AnswerJoinedAsync(HttpContext http, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT json_build_object('tier', coalesce(subscription.stripe_status, 'free'), 'seats',
                (SELECT count(*) FROM hydra."Developers" developer WHERE "OrganizationId" = member."OrganizationId"
                    AND EXISTS (SELECT FROM hydra."Contributions" one WHERE one."DeveloperId" = developer."Id")),
                'meters', (SELECT json_agg(json_build_object('meter', meter, 'used', used, 'reset', window_ends_at))
                    FROM billing.meters WHERE account_id = member."OrganizationId"))::text
            FROM ({Session}) person
            JOIN hydra."Memberships" member ON member."UserId" = person.user_id
            LEFT JOIN billing.subscriptions subscription ON subscription.account_id = member."OrganizationId"
            """
        );
        command.Parameters.AddWithValue(Hash(http));
        return await command.ExecuteScalarAsync(http.RequestAborted) is string found
            ? Results.Text(found, "application/json")
            : Results.Unauthorized();
    }

    private static byte[] Hash(HttpContext http) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()["Bearer ".Length..]));

    private sealed record StatusAnswer(string Tier, int Seats, IReadOnlyList<MeterAnswer> Meters, DateTime? ResetAt);

    private sealed record MeterAnswer(string Meter, int Used);
}
