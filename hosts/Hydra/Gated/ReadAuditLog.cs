using Hydra.Storage;
using Hydra.Tenants;
using Hydra.Workflows;
using Microsoft.EntityFrameworkCore;
using Tollgate.Access;
using Tollgate.Http;

namespace Hydra.Gated;

/// <summary><c>GET /api/audit-logs</c>: the tenant's latest changes and runs, the newest first.</summary>
internal static class ReadAuditLog
{
    private const int Most = 100;

    public static void MapAuditLog(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/audit-logs").ForMembers().MapGet("/", ReadAsync);

    [RequireFeature(Features.AuditLogs)]
    private static async Task<IResult> ReadAsync(HttpContext http, HydraDb db)
    {
        var tenant = http.Member().Account.Value;
        var changes = await db.Set<LogEntry>()
            .Where(entry => entry.OrganizationId == tenant)
            .OrderByDescending(entry => entry.At)
            .Take(Most)
            .Select(entry => new Line(entry.At, entry.Actor, entry.Action, entry.Subject))
            .ToListAsync(http.RequestAborted);
        var runs = await db.Set<WorkflowRun>()
            .Where(run => run.OrganizationId == tenant)
            .OrderByDescending(run => run.At)
            .Take(Most)
            .Select(run => new Line(run.At, null, "workflow_ran", run.Workflow))
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(new { Entries = changes.Concat(runs).OrderByDescending(line => line.At).Take(Most) });
    }

    private sealed record Line(DateTimeOffset At, string? Actor, string Action, string Subject);
}
