using ImportCsv.Importers;
using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Hosting;
using Tollgate.Startup;

namespace ImportCsv;

/// <summary>
/// A user with an importer, and an administrator, to try the product with. In the private database of Development only.
/// </summary>
internal sealed class DemoPeople(IServiceScopeFactory scopes, IAccountBook accounts, BillingClock clock) : IStartupStep
{
    public const string Password = "tollgate-demo";
    public const string Owner = "owner@importcsv.test";
    public const string ImporterKey = "imp_demo";
    private const string Admin = "admin@importcsv.test";

    public static string[] Emails { get; } = [Owner, Admin];

    /// <summary>The sign-in page offers them.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/demo", () => new { accounts = Emails, password = Password });

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ImportCsvDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        var owner = await FindOrAddAsync(Owner, users, cancellationToken);
        if (!await db.Set<Importer>().AnyAsync(row => row.Key == ImporterKey, cancellationToken))
        {
            db.Add(Contacts(owner.Id));
        }

        var admin = await FindOrAddAsync(Admin, users, cancellationToken);
        if (!await db.Roles.AnyAsync(role => role.Name == Administrators.Name, cancellationToken))
        {
            var role = new IdentityRole(Administrators.Name)
            {
                NormalizedName = Administrators.Name.ToUpperInvariant(),
            };
            db.Add(role);
            db.Add(new IdentityUserRole<string> { UserId = admin.Id, RoleId = role.Id });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<IdentityUser> FindOrAddAsync(
        string email,
        UserManager<IdentityUser> users,
        CancellationToken cancellationToken
    )
    {
        var user = await users.FindByEmailAsync(email);
        if (user is null)
        {
            user = new IdentityUser(email) { Email = email, EmailConfirmed = true };
            var made = await users.CreateAsync(user, Password);
            if (!made.Succeeded)
            {
                throw new StartupException($"{email} could not be made: {made.Errors.First().Description}");
            }
        }

        await accounts.OpenAsync(user, cancellationToken);
        return user;
    }

    private Importer Contacts(string userId) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserId = userId,
            Key = ImporterKey,
            Name = "Contacts",
            Columns =
            [
                new("email", "E-mail", ColumnType.Email, Required: true, Unique: true, Example: "ada@example.com"),
                new("name", "Name", Required: true, Example: "Ada Lovelace"),
                new("company", "Company"),
                new("seats", "Seats", ColumnType.Integer, Min: 1, Max: 500),
                new("since", "Customer since", ColumnType.Date, Example: "2026-11-21"),
                new("plan", "Plan", ColumnType.Select, Values: ["free", "pro", "business"]),
            ],
            AllowedOrigins = [],
            ShowBadge = true,
            CallbackSecret = Importer.NewSecret(),
            CreatedAt = clock.Now,
        };
}
