using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
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
        var known = await db
            .WorkflowRuns.AsNoTracking()
            .SingleOrDefaultAsync(
                run =>
                    run.OrganizationId == caller.Account.Value
                    && run.Workflow == workflow.Id
                    && run.IdempotencyKey == key,
                http.RequestAborted
            );
        return known is null ? await StartAsync(workflow, caller.Account, key, db, clock) : Answer(workflow, known);
    }

    private static async Task<IResult> StartAsync(
        Workflow workflow,
        AccountId tenant,
        string? key,
        HydraDb db,
        BillingClock clock
    )
    {
        var run = new WorkflowRun
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = tenant.Value,
            Workflow = workflow.Id,
            IdempotencyKey = key ?? Guid.NewGuid().ToString("N"),
            At = clock.Now,
        };
        db.Add(run);
        // the run has happened, whether or not its caller still waits
        await db.SaveChangesAsync(CancellationToken.None);
        return Answer(workflow, run);
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
