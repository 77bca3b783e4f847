using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;
using Tollgate.Access;
using Tollgate.Http;
using Tollgate.Status;
using Tollgate.Usage;

namespace Hydra.Workflows;

/// <summary>
/// <c>POST /api/workflows/{workflow}/runs</c>: runs a workflow for the caller's tenant, and counts it where it is
/// metered.
/// </summary>
internal static class RunWorkflow
{
    private const int ListedMax = 20;

    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/workflows").ForMembers();
        group.MapGet("/", () => new { workflows = Workflow.All });
        group.MapGet("/runs", ListAsync);
        foreach (var workflow in Workflow.All)
        {
            var endpoint = group.MapPost(
                $"/{workflow.Id}/runs",
                (HttpContext http, HydraDb db, AccessGate gate, BillingClock clock) =>
                    RunAsync(workflow, http, db, gate, clock)
            );
            if (workflow.Meter is { } meter)
            {
                endpoint.Metered(meter, handlesRepeats: true);
            }
        }
    }

    private static async Task<IResult> RunAsync(
        Workflow workflow,
        HttpContext http,
        HydraDb db,
        AccessGate gate,
        BillingClock clock
    )
    {
        var key = http.Features.Get<IMeteredRun>()?.Key ?? http.Request.Headers["Idempotency-Key"].FirstOrDefault();
        if (key is not null && !UsageMeters.IsKey(key))
        {
            return RefusalProblem.ToResult(
                new InvalidRequest("Send one Idempotency-Key of 1 to 200 printable characters, or none.")
            );
        }

        var tenant = http.Member().Account;
        var run = new WorkflowRun
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = tenant.Value,
            Workflow = workflow.Id,
            IdempotencyKey = key ?? Guid.NewGuid().ToString("N"),
            At = clock.Now,
            IsPriority =
                workflow.Id == Workflow.Fix
                && await gate.RefuseAsync(tenant, Features.PriorityFixQueue, http.RequestAborted) is null,
        };
        return Answer(await FindAsync(run, db, http.RequestAborted) ?? await StartAsync(run, db));
    }

    private static Task<WorkflowRun?> FindAsync(WorkflowRun same, HydraDb db, CancellationToken cancellationToken) =>
        db.Set<WorkflowRun>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                run =>
                    run.OrganizationId == same.OrganizationId
                    && run.Workflow == same.Workflow
                    && run.IdempotencyKey == same.IdempotencyKey,
                cancellationToken
            );

    private static async Task<WorkflowRun> StartAsync(WorkflowRun run, HydraDb db)
    {
        db.Add(run);
        try
        {
            // the run has happened, whether or not its caller still waits
            await db.SaveChangesAsync(CancellationToken.None);
            return run;
        }
        catch (DbUpdateException failure)
            when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // the same run, reported twice at once: the other report was faster
            return await FindAsync(run, db, CancellationToken.None)
                ?? throw new InvalidOperationException("A run is known by its key and cannot be found.", failure);
        }
    }

    /// <summary>The tenant's latest runs, the newest first.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, HydraDb db)
    {
        var tenant = http.Member().Account.Value;
        var runs = await db.Set<WorkflowRun>()
            .AsNoTracking()
            .Where(run => run.OrganizationId == tenant)
            .OrderByDescending(run => run.At)
            .ThenByDescending(run => run.Id)
            .Take(ListedMax)
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(new { Runs = runs.Select(Shown) });
    }

    private static IResult Answer(WorkflowRun run) => BillingJson.Answer(Shown(run));

    private static object Shown(WorkflowRun run)
    {
        var name = Workflow.All.FirstOrDefault(workflow => workflow.Id == run.Workflow)?.Name ?? run.Workflow;
        return new
        {
            RunId = run.Id,
            run.Workflow,
            Name = name,
            Summary = run.IsPriority ? $"{name} ran at the head of the queue." : $"{name} ran.",
            run.At,
            Priority = run.IsPriority,
        };
    }
}
