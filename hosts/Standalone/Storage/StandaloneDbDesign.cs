using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;
using Tollgate.Storage;

namespace Standalone.Storage;

/// <summary>For dotnet-ef, which reads the model and connects to nothing.</summary>
internal sealed class StandaloneDbDesign : IDesignTimeDbContextFactory<StandaloneDb>
{
    public StandaloneDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<StandaloneDb>();
        TollgateDbOptions.Configure(builder, NpgsqlDataSource.Create("Host=design-time"), StandaloneDb.Schema);
        return new StandaloneDb(builder.Options);
    }
}
