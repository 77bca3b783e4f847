using Microsoft.EntityFrameworkCore.Design;
using Tollgate.Storage;

Console.WriteLine("Design-time host of dotnet-ef; see docs/map.md, \"Migrations\".");

internal sealed class TollgateDbDesign : IDesignTimeDbContextFactory<TollgateDb>
{
    public TollgateDb CreateDbContext(string[] args) => new(TollgateDbOptions.For("Host=design-time"));
}
