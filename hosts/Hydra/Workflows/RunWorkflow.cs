using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Usage;

namespace Hydra.Workflows;

/// <summary>
/// <c>POST /api/workflows/{workflow}/runs</c>: runs a workflow for the caller's tenant, and counts it where it is
/// metered.
/// </summary>
internal static class RunWorkflow
{
    public static void MapWorkflows(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/workflows").RequireAuthorization().AddEndpointFilter<SameOriginFilter>();
        group.MapGet("/", () => new { workflows = Workflow.All });
        foreach (var workflow in Workflow.All)
        {
            var endpoint = group.MapPost(
                $"/{workflow.Id}/runs",
                (HttpContext http, HydraDb db, ITenantDirectory tenants, BillingClock clock) =>
                    RunAsync(workflow, http, db, tenants, clock)
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
        ITenantDirectory tenants,
        BillingClock clock
    )
    {
        if (await tenants.FindCallerAsync(http.User, http.RequestAborted) is not { } caller)
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        var key = http.Features.Get<IMeteredRun>()?.Key ?? http.Request.Headers["Idempotency-Key"].FirstOrDefault();
        if (key is not null && !UsageMeters.IsKey(key))
        {
            return RefusalProblem.ToResult(
                new InvalidRequest("Send one Idempotency-Key of 1 to 200 printable characters, or none.")
            );
        }

        var run = new WorkflowRun
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = caller.Account.Value,
            Workflow = workflow.Id,
            IdempotencyKey = key ?? Guid.NewGuid().ToString("N"),
            At = clock.Now,
        };
        return Answer(workflow, await FindAsync(run, db, http.RequestAborted) ?? await StartAsync(run, db));
    }

    private static Task<WorkflowRun?> FindAsync(WorkflowRun same, HydraDb db, CancellationToken cancellationToken) =>
        db
            .WorkflowRuns.AsNoTracking()
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

    private static IResult Answer(Workflow workflow, WorkflowRun run) =>
        Results.Ok(
            new
            {
                run_id = run.Id,
                workflow = workflow.Id,
                summary = $"{workflow.Name} ran.",
                at = run.At,
            }
        );
}
