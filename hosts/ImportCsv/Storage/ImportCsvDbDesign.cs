using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Tollgate.Storage;

namespace ImportCsv.Storage;

/// <summary>For dotnet-ef, which reads the model and connects to nothing.</summary>
internal sealed class ImportCsvDbDesign : IDesignTimeDbContextFactory<ImportCsvDb>
{
    public ImportCsvDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<ImportCsvDb>();
        TollgateDbOptions.Configure(builder, NpgsqlDataSource.Create("Host=design-time"), ImportCsvDb.Schema);
        return new ImportCsvDb(builder.Options);
    }
}
