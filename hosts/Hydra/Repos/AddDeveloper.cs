using System.Text.RegularExpressions;
using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace Hydra.Repos;

/// <summary>The tenant's developers under <c>/api/developers</c>. Those with a connected repo take a seat.</summary>
internal static partial class AddDeveloper
{
    private sealed record Request(string Name, Guid? RepoId = null);

    public static void MapDevelopers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/developers").ForMembers();
        group.MapGet("/", ListAsync);
        group.MapPost("/", AddAsync);
        group.MapDelete("/{id:guid}", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, HydraDb db)
    {
        var tenant = http.Member().Account.Value;
        var developers = await db.Set<Developer>()
            .Where(developer => developer.OrganizationId == tenant)
            .OrderBy(developer => developer.Name)
            .Select(developer => new
            {
                developer.Id,
                developer.Name,
                Repos = db.Set<Contribution>()
                    .Where(contribution => contribution.DeveloperId == developer.Id)
                    .Join(db.Set<Repo>(), contribution => contribution.RepoId, repo => repo.Id, (_, repo) => repo.Name)
                    .Order()
                    .ToList(),
            })
            .ToListAsync(http.RequestAborted);
        return BillingJson.Answer(
            new
            {
                Developers = developers.Select(one => new
                {
                    one.Id,
                    one.Name,
                    one.Repos,
                    Active = one.Repos.Count > 0,
                }),
            }
        );
    }

    // Who is known already is added to the repo, if that is new; so a repeated call changes nothing.
    private static async Task<IResult> AddAsync(HttpContext http, HydraDb db, BillingClock clock)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (!Name().IsMatch(asked.Name))
        {
            return RefusalProblem.ToResult(
                new InvalidRequest("Name a developer in 1 to 100 letters, digits, - _ or .")
            );
        }

        var member = http.Member();
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        var repo = await db.Set<Repo>()
            .SingleOrDefaultAsync(
                row => row.Id == asked.RepoId && row.OrganizationId == member.Account.Value,
                http.RequestAborted
            );
        if (asked.RepoId is not null && repo is null)
        {
            return RefusalProblem.ToResult(new RepoNotFound());
        }

        var developer = await FindOrAddAsync(member, asked.Name, db, clock.Now, http.RequestAborted);
        if (repo is not null && await db.FindAsync<Contribution>([developer.Id, repo.Id], http.RequestAborted) is null)
        {
            db.Add(new Contribution { DeveloperId = developer.Id, RepoId = repo.Id });
        }

        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return BillingJson.Answer(new { developer.Id, developer.Name });
    }

    private static async Task<Developer> FindOrAddAsync(
        Member member,
        string name,
        HydraDb db,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var known = await db.Set<Developer>()
            .SingleOrDefaultAsync(
                row => row.OrganizationId == member.Account.Value && row.Name == name,
                cancellationToken
            );
        if (known is not null)
        {
            return known;
        }

        var developer = new Developer
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = member.Account.Value,
            Name = name,
        };
        db.Add(developer);
        db.Add(member.Did("developer_added", name, now));
        return developer;
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext http, HydraDb db, BillingClock clock)
    {
        var member = http.Member();
        var developer = await db.Set<Developer>()
            .SingleOrDefaultAsync(
                row => row.Id == id && row.OrganizationId == member.Account.Value,
                http.RequestAborted
            );
        if (developer is null)
        {
            return RefusalProblem.ToResult(new DeveloperNotFound());
        }

        db.Remove(developer);
        db.Add(member.Did("developer_removed", developer.Name, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        return Results.NoContent();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]{1,100}\z", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}

/// <summary>No such developer of this tenant.</summary>
internal sealed record DeveloperNotFound()
    : Refusal("developer_not_found", 404, "No such developer.", "They may have been removed.");
