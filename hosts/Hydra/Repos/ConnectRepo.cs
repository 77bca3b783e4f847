using System.Text.RegularExpressions;
using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace Hydra.Repos;

/// <summary>The tenant's repo connections under <c>/api/repos</c>, with Team's limit.</summary>
internal static partial class ConnectRepo
{
    private sealed record Request(string Name);

    public static void MapRepos(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/repos").ForMembers();
        group.MapGet("/", ListAsync);
        group.MapPost("/", ConnectAsync);
        group.MapDelete("/{id:guid}", DisconnectAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HydraDb db, RepoLimit limit)
    {
        var tenant = http.Member().Account;
        var repos = await db.Set<Repo>()
            .Where(repo => repo.OrganizationId == tenant.Value)
            .OrderBy(repo => repo.Name)
            .Select(repo => new
            {
                repo.Id,
                repo.Name,
                repo.ConnectedAt,
                Developers = db.Set<Contribution>().Count(contribution => contribution.RepoId == repo.Id),
            })
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(new { Repos = repos, Limit = await limit.FindAsync(tenant, http.RequestAborted) });
    }

    // A repo that is connected already is answered again. The lock makes count and insert one step.
    private static async Task<IResult> ConnectAsync(HttpContext http, HydraDb db, RepoLimit limit, BillingClock clock)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (!Name().IsMatch(asked.Name))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Name a repository as owner/name."));
        }

        var member = http.Member();
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        var connected = await db.Set<Repo>()
            .Where(repo => repo.OrganizationId == member.Account.Value)
            .ToListAsync(http.RequestAborted);
        if (connected.Find(repo => repo.Name == asked.Name) is { } known)
        {
            return BillingJson.Answer(
                new
                {
                    known.Id,
                    known.Name,
                    known.ConnectedAt,
                }
            );
        }

        if (await limit.RefuseAsync(member.Account, connected.Count, http.RequestAborted) is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        var repo = new Repo
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = member.Account.Value,
            Name = asked.Name,
            ConnectedAt = clock.Now,
        };
        db.Add(repo);
        db.Add(member.Did("repo_connected", repo.Name, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return BillingJson.Answer(
            new
            {
                repo.Id,
                repo.Name,
                repo.ConnectedAt,
            }
        );
    }

    private static async Task<IResult> DisconnectAsync(Guid id, HttpContext http, HydraDb db, BillingClock clock)
    {
        var member = http.Member();
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        var repo = await db.Set<Repo>()
            .SingleOrDefaultAsync(
                row => row.Id == id && row.OrganizationId == member.Account.Value,
                http.RequestAborted
            );
        if (repo is null)
        {
            return RefusalProblem.ToResult(new RepoNotFound());
        }

        db.Remove(repo);
        db.Add(member.Did("repo_disconnected", repo.Name, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.NoContent();
    }

    [GeneratedRegex(
        @"^[A-Za-z0-9_.\-]{1,99}/[A-Za-z0-9_.\-]{1,100}\z",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Name();
}

/// <summary>No such repo of this tenant, whoever else's it may be.</summary>
internal sealed record RepoNotFound()
    : Refusal("repo_not_found", 404, "No such repository.", "It may have been disconnected.");
