using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Administration;

/// <summary>Migrations, the three indexes, and what must always hold.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database, MigrateDatabase migrations, CheckIntegrity integrity)
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
            Indexes.Select(wanted =>
                Finding.Of($"index for {wanted.Purpose}", names.Contains(wanted.Index), $"{wanted.Index} is missing")
            )
        );
        var rules = await integrity.RunAsync(cancellationToken);
        findings.AddRange(
            rules.Select(rule => Finding.Of(rule.Rule, rule.Holds, $"broken by {string.Join(", ", rule.BrokenBy)}"))
        );
        return findings;
    }
}
