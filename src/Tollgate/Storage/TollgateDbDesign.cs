using Microsoft.EntityFrameworkCore.Design;

namespace Tollgate.Storage;

/// <summary>For dotnet-ef, which reads the model and connects to nothing.</summary>
internal sealed class TollgateDbDesign : IDesignTimeDbContextFactory<TollgateDb>
{
    public TollgateDb CreateDbContext(string[] args) => new(TollgateDbOptions.For("Host=design-time"));
}
