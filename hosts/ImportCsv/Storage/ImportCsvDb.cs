using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Tollgate.Storage;

namespace ImportCsv.Storage;

/// <summary>
/// ImportCSV's own tables: who signs in, their importers, what was imported. Schema <c>importcsv</c>.
/// </summary>
public sealed class ImportCsvDb(DbContextOptions<ImportCsvDb> options) : IdentityDbContext<IdentityUser>(options)
{
    public const string Schema = "importcsv";
    private static readonly TimeSpan TimeToEraseMax = TimeSpan.FromMinutes(10);

    /// <summary>The user goes, with importers, imports and usage.</summary>
    public async Task EraseUserAsync(string userId, CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeToEraseMax); // millions of rows may go
        await Users.Where(user => user.Id == userId).ExecuteDeleteAsync(cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.ApplyConfigurationsFromAssembly(typeof(ImportCsvDb).Assembly);
        SnakeCaseNames.Apply(builder);
    }
}
