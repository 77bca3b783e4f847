using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Tollgate.Storage;

namespace Hydra.Storage;

/// <summary>For dotnet-ef, which reads the model and connects to nothing.</summary>
internal sealed class HydraDbDesign : IDesignTimeDbContextFactory<HydraDb>
{
    public HydraDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<HydraDb>();
        TollgateDbOptions.Configure(builder, NpgsqlDataSource.Create("Host=design-time"), HydraDb.Schema);
        return new HydraDb(builder.Options);
    }
}
