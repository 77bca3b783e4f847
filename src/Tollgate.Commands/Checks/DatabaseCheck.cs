using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Commands.Checks;

/// <summary>Migrations, the three indexes, accounts, and what must always hold.</summary>
internal sealed class DatabaseCheck(
    NpgsqlDataSource database,
    MigrateDatabase migrations,
    IEnumerable<ContractView> views,
    IServiceProvider services
)
{
    private static readonly (string Purpose, string Index)[] Indexes =
    [
        ("look-up by customer", "accounts_by_customer"),
        ("look-up by subscription", "subscriptions_by_subscription"),
        ("look-up by due reset", "meters_due"),
    ];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var status = await migrations.ReadStatusAsync(cancellationToken);
        findings.Add(
            Finding.Of("migrations", status.Missing.Count == 0, $"missing: {string.Join(", ", status.Missing)}")
        );
        if (status.Missing.Count > 0)
        {
            return findings;
        }

        var names = await database
            .CreateCommand("SELECT indexname FROM pg_indexes WHERE schemaname = 'billing'")
            .ReadAsync(row => row.GetString(0), cancellationToken);
        findings.AddRange(
            from wanted in Indexes
            let name = Promised(wanted.Index)
            select Finding.Of($"index for {wanted.Purpose}", names.Contains(name), $"{name} is missing")
        );
        findings.AddRange(await ActivatorUtilities.CreateInstance<AccountsCheck>(services).RunAsync(cancellationToken));
        var rules = await ActivatorUtilities.CreateInstance<CheckIntegrity>(services).RunAsync(cancellationToken);
        findings.AddRange(
            rules.Select(rule => Finding.Of(rule.Rule, rule.Holds, $"broken by {string.Join(", ", rule.BrokenBy)}"))
        );
        return findings;
    }

    private string Promised(string index) =>
        views.Select(view => view.IndexNames.GetValueOrDefault(index)).FirstOrDefault(name => name is not null)
        ?? index;
}
