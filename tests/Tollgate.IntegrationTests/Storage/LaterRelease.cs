using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Storage;

namespace Tollgate.IntegrationTests.Storage;

/// <summary>A release to come: one migration more, and a contract view that reads what it brings.</summary>
internal static class LaterRelease
{
    public const string Id = "29990101000000_Later";

    public static void Add(IServiceCollection services)
    {
        services.ConfigureDbContext<TollgateDb>(options => options.ReplaceService<IMigrationsAssembly, OneMore>());
        services.AddSingleton(new ContractView("public.later", "SELECT name, later FROM billing.accounts"));
    }

    [DbContext(typeof(TollgateDb))]
    [Migration(Id)]
    private sealed class Later : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE billing.accounts ADD COLUMN later text;");

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE billing.accounts DROP COLUMN later;");
    }

    // EF Core's own knows the migrations of one assembly
    private sealed class OneMore : IMigrationsAssembly
    {
        public Assembly Assembly => typeof(TollgateDb).Assembly;

        public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } =
            new SortedList<string, TypeInfo>(
                typeof(TollgateDb)
                    .Assembly.DefinedTypes.Where(type => type.IsSubclassOf(typeof(Migration)))
                    .Append(typeof(Later).GetTypeInfo())
                    .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
                StringComparer.Ordinal
            );

        public ModelSnapshot? ModelSnapshot { get; } =
            Create<ModelSnapshot>(
                typeof(TollgateDb).Assembly.DefinedTypes.Single(type => type.IsSubclassOf(typeof(ModelSnapshot)))
            );

        public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
        {
            var migration = Create<Migration>(migrationClass);
            migration.ActiveProvider = activeProvider;
            return migration;
        }

        public string? FindMigrationId(string nameOrId) => Migrations.Keys.SingleOrDefault(id => id == nameOrId);

        private static T Create<T>(TypeInfo type) => (T)Activator.CreateInstance(type, nonPublic: true)!;
    }
}
