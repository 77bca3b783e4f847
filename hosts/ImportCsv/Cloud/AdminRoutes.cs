using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Hosting;
using Tollgate.Http;

namespace ImportCsv.Cloud;

/// <summary>
/// <c>GET /api/v1/admin/users?after=</c>: what administrators see of everybody, and change nothing: refunds and
/// overrides happen at Stripe.
/// </summary>
internal static class AdminRoutes
{
    private const int ShownMax = 100;

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin").ForUsers();
        group.RequireAuthorization(Administrators.Name);
        group.MapGet("/users", UsersAsync).DescribedBy(CloudDescriptions.Users);
    }

    private static async Task<IResult> UsersAsync(HttpContext http, ImportCsvDb db, BillingClock clock)
    {
        var after = http.Request.Query["after"] is [{ } given] ? given : "";
        var now = clock.Now.UtcDateTime;
        var month = new DateOnly(now.Year, now.Month, 1);
        var shown = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT person.user_id, person.email, person.subscription_tier AS tier,
                    person.subscription_status AS status, person.grace_period_ends_at,
                    coalesce(used.imports, 0) AS imports, coalesce(used.rows, 0) AS rows,
                    coalesce(used.max_rows_in_single_import, 0) AS max_rows_in_single_import
                FROM public.users person
                LEFT JOIN public.usage_records used ON used.user_id = person.user_id AND used.month = {month}
                WHERE person.email > {after}
                ORDER BY person.email LIMIT {ShownMax + 1}
                """
            )
            .ToListAsync(http.RequestAborted);
        var users = shown.Take(ShownMax).ToList();
        return BillingJson.Answer(new Page(users, shown.Count > ShownMax ? users[^1].email : null));
    }

    internal sealed record Page(IReadOnlyList<Row> Users, string? Next);

    // called like the columns of the query, which is how EF Core finds them
    internal sealed record Row(
        string user_id,
        string email,
        string tier,
        string status,
        DateTimeOffset? grace_period_ends_at,
        int imports,
        long rows,
        int max_rows_in_single_import
    );
}
