using Tollgate.Status;

namespace MyApp;

public static class Reports
{
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapPost("/reports", Write).RequireAuthorization().Metered("report");

    // only what succeeds counts
    private static IResult Write(int rows) =>
        rows > 0 ? Results.Text($"a report of {rows} rows") : Results.BadRequest("No rows, no report.");
}
