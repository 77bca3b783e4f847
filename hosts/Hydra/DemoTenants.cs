using Hydra.Repos;
using Hydra.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Hosting;
using Tollgate.Startup;

namespace Hydra;

/// <summary>
/// Two tenants with three people, a repo each and its developers, and an administrator, to try the product with. In
/// the private database of Development only.
/// </summary>
internal sealed class DemoTenants(IServiceScopeFactory scopes, OpenAccount openAccount, BillingClock clock)
    : IStartupStep
{
    public const string Password = "tollgate-demo";

    private static readonly DemoPerson[] People =
    [
        new("owner@acme.test", "acme", "Acme", IsOwner: true),
        new("member@acme.test", "acme", "Acme", IsOwner: false),
        new("owner@globex.test", "globex", "Globex", IsOwner: true),
    ];

    private static readonly DemoRepo[] Repos =
    [
        new("acme", "acme/web", ["ada", "grace"]),
        new("globex", "globex/api", ["linus"]),
    ];

    private const string Admin = "admin@hydra.test";

    public static IEnumerable<string> Emails => People.Select(person => person.Email).Append(Admin);

    /// <summary>The sign-in page offers them.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/demo", () => new { accounts = Emails, password = Password });

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HydraDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        foreach (var person in People)
        {
            if (await users.FindByEmailAsync(person.Email) is null)
            {
                await AddAsync(person, db, users, cancellationToken);
            }
        }

        if (await users.FindByEmailAsync(Admin) is null)
        {
            var role = new IdentityRole(Administrators.Name)
            {
                NormalizedName = Administrators.Name.ToUpperInvariant(),
            };
            var user = await AddUserAsync(Admin, users);
            db.Add(role);
            db.Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = role.Id });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task AddAsync(
        DemoPerson person,
        HydraDb db,
        UserManager<IdentityUser> users,
        CancellationToken cancellationToken
    )
    {
        var isOpen = await openAccount.RunAsync(
            new AccountId(person.Tenant),
            person.TenantName,
            $"billing@{person.Tenant}.test",
            cancellationToken
        );
        if (!isOpen)
        {
            return; // it was closed, and its people are gone for good
        }

        if (!await db.Organizations.AnyAsync(row => row.Id == person.Tenant, cancellationToken))
        {
            db.Add(new Organization { Id = person.Tenant, Name = person.TenantName });
            AddRepos(db, person.Tenant);
        }

        var user = await AddUserAsync(person.Email, users);
        db.Add(
            new Membership
            {
                UserId = user.Id,
                OrganizationId = person.Tenant,
                IsOwner = person.IsOwner,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<IdentityUser> AddUserAsync(string email, UserManager<IdentityUser> users)
    {
        var user = new IdentityUser(email) { Email = email, EmailConfirmed = true };
        var made = await users.CreateAsync(user, Password);
        return made.Succeeded
            ? user
            : throw new StartupException($"{email} could not be made: {made.Errors.First().Description}");
    }

    private void AddRepos(HydraDb db, string tenant)
    {
        foreach (var (_, name, developers) in Repos.Where(repo => repo.Tenant == tenant))
        {
            var repo = new Repo
            {
                Id = Guid.CreateVersion7(),
                OrganizationId = tenant,
                Name = name,
                ConnectedAt = clock.Now,
            };
            db.Add(repo);
            foreach (var developer in developers)
            {
                var id = Guid.CreateVersion7();
                db.Add(
                    new Developer
                    {
                        Id = id,
                        OrganizationId = tenant,
                        Name = developer,
                    }
                );
                db.Add(new Contribution { DeveloperId = id, RepoId = repo.Id });
            }
        }
    }

    private sealed record DemoRepo(string Tenant, string Name, string[] Developers);

    private sealed record DemoPerson(string Email, string Tenant, string TenantName, bool IsOwner);
}
