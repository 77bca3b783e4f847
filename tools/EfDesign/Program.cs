using Hydra.Tenants;
using ImportCsv;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Tollgate.Storage;

Console.WriteLine("Design-time host of dotnet-ef; see docs/map.md, \"Migrations\".");

internal sealed class TollgateDbDesign : IDesignTimeDbContextFactory<TollgateDb>
{
    public TollgateDb CreateDbContext(string[] args) => new(TollgateDbOptions.For("Host=design-time"));
}

internal sealed class HydraDbDesign : IDesignTimeDbContextFactory<HydraDb>
{
    public HydraDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<HydraDb>();
        TollgateDbOptions.Configure(builder, NpgsqlDataSource.Create("Host=design-time"), HydraDb.Schema);
        return new HydraDb(builder.Options);
    }
}

internal sealed class ImportCsvDbDesign : IDesignTimeDbContextFactory<ImportCsvDb>
{
    public ImportCsvDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<ImportCsvDb>();
        TollgateDbOptions.Configure(builder, NpgsqlDataSource.Create("Host=design-time"), ImportCsvDb.Schema);
        return new ImportCsvDb(builder.Options);
    }
}
