using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tollgate.Tests.Conventions;

/// <summary>Rules that a statement can break: billing time is an argument, and each table has one writer.</summary>
public sealed class SqlTests
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(10);

    // clock_timestamp() is allowed: machine time of leases. Date.now() is a browser's.
    private static readonly Regex DatabaseClock = new(
        @"(?<![.\w])(pg_catalog\.)?(now|statement_timestamp|transaction_timestamp)\s*\(|"
            + @"\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\b",
        Options,
        MatchTimeout
    );

    // every table, the entity that EF Core maps to it, and the one folder that writes it; the others ask that folder
    private static readonly Owner[] Owners =
    [
        new("account_syncs", "Subscriptions"),
        new("accounts", "Accounts", "BillingAccount"),
        new("alerts", "Alerts"),
        new("audit", "Subscriptions", "AuditEntry"),
        new("call_rates", "Http"),
        new("catch_up", "Reconciliation"),
        new("customer_intents", "Checkout", "CustomerIntent"),
        new("data_protection_keys", "Storage"),
        new("inbox_payloads", "Inbox"),
        new("inbox_receipts", "Inbox"),
        new("mails", "Notifications"),
        new("meters", "Usage"),
        new("open_checkouts", "Checkout", "OpenCheckout"),
        new("operator_actions", "Insight"),
        new("outbox", "Outbox"),
        new("quotes", "Changes", "Quote"),
        new("reconcile_findings", "Reconciliation"),
        new("reconcile_runs", "Reconciliation"),
        new("reservations", "Usage"),
        new("scheduled_changes", "Changes", "ScheduledChange"),
        new("stripe_bindings", "Accounts"),
        new("stripe_read_budget", "Subscriptions"),
        new("subscriptions", "Subscriptions", "SubscriptionState"),
        new("switches", "Settings"),
        new("sync_leases", "Deadlines"),
        new("write_probe", "Storage"),
    ];

    [Fact]
    public void No_statement_asks_the_database_for_the_time() =>
        SourceTree.Holds(TimeIsAnArgument, file => file.IsUnder("src", "hosts") && IsCodeOrSql(file));

    [Fact]
    public void Every_table_has_one_folder_that_writes_it() =>
        SourceTree.Holds(
            file => Owners.SelectMany(owner => OthersAsk(owner, file)),
            file => file.IsUnder("src", "hosts") && IsCodeOrSql(file)
        );

    [Fact]
    public void Every_table_has_an_owner()
    {
        var made = SourceTree
            .Files.Where(file => file.IsUnder("src/Tollgate/Storage"))
            .SelectMany(file => Made.Matches(file.Text))
            .Select(match => match.Groups["table"].Value)
            .Where(table => !table.StartsWith("inbox_payloads_", StringComparison.Ordinal));

        Assert.Equal([], made.Except(Owners.Select(owner => owner.Table)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""var s = "WHERE due < @now AND clock_timestamp() > until";""", 0)]
    [InlineData("""var s = "Date.now()"; var t = time.now();""", 0)]
    [InlineData("""// now() is forbidden""", 0)]
    [InlineData("""var s = "WHERE due < now()";""", 1)]
    [InlineData("""var s = "WHERE due < pg_catalog.now ()";""", 1)]
    [InlineData("""var s = $"WHERE due < NOW() + {wait}";""", 1)]
    [InlineData(""""var s = """DEFAULT current_timestamp""";"""", 1)]
    [InlineData("""var s = @"statement_timestamp()";""", 1)]
    [InlineData("""var s = "transaction_timestamp()";""", 1)]
    [InlineData("""var s = "SELECT 1"u8;""", 0)]
    [InlineData("""var s = "SELECT now()"u8;""", 1)]
    public void Database_clock_is_found(string text, int faults) =>
        Assert.Equal(faults, TimeIsAnArgument(new SourceFile("src/A.cs", text)).Count());

    [Fact]
    public void Database_clock_is_found_in_files_of_sql() =>
        Assert.Equal(
            ["src/a.sql:2: billing time is an argument (@now), not now("],
            TimeIsAnArgument(new SourceFile("src/a.sql", "SELECT\n  now();"))
        );

    [Theory]
    [InlineData("src/Tollgate/Subscriptions/A.cs", "var s = \"UPDATE billing.subscriptions SET x = 1\";", 0)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"SELECT * FROM billing.subscriptions FOR UPDATE\";", 0)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"UPDATE billing.subscriptions_seen SET x = 1\";", 0)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"UPDATE billing.subscriptions SET x = 1\";", 1)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"insert  into billing.subscriptions (x)\";", 1)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"DELETE FROM ONLY billing.subscriptions\";", 1)]
    [InlineData("src/Tollgate/Usage/A.cs", "var s = \"MERGE INTO billing.\\\"subscriptions\\\"\";", 1)]
    [InlineData("hosts/Hydra/A.cs", "db.Set<SubscriptionState>().Add(state);", 1)]
    [InlineData(
        "hosts/Hydra/A.cs",
        "db.Set<SubscriptionState>()\n    .Where(s => s.Id == id)\n    .ExecuteUpdateAsync(x);",
        1
    )]
    [InlineData("hosts/Hydra/A.cs", "db.Set<SubscriptionState>().Where(s => s.Id == id).ToListAsync(ct);", 0)]
    [InlineData("src/Tollgate/Storage/Migrations/A.cs", "var s = \"UPDATE billing.subscriptions SET x = 1\";", 0)]
    public void Another_folder_that_writes_a_table_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, OthersAsk(Subscriptions, new SourceFile(path, text)).Count());

    private static IEnumerable<string> TimeIsAnArgument(SourceFile file) =>
        from sql in Strings(file)
        from Match match in DatabaseClock.Matches(sql.Text)
        select file.Fault(
            file.LineAt(sql.Start + match.Index),
            $"billing time is an argument (@now), not {match.Value.Trim()}"
        );

    private static IEnumerable<string> OthersAsk(Owner owner, SourceFile file)
    {
        // migrations and a restore of everything write all tables
        if (
            file.IsUnder(owner.Path, "src/Tollgate/Storage/Tables", "src/Tollgate.Commands/Backups") || file.IsGenerated
        )
            return [];
        // most files name neither, and need not be taken apart for each owner
        var names = file.Text.Contains(owner.Table, StringComparison.OrdinalIgnoreCase);
        if (!names && (owner.Entity is null || !file.Text.Contains(owner.Entity, StringComparison.Ordinal)))
            return [];
        var statements =
            from sql in Strings(file)
            from Match match in owner.Statement.Matches(sql.Text)
            select (At: sql.Start + match.Index, match.Value);
        var calls =
            file.IsCSharp && owner.Call is { } call
                ? call.Matches(file.Text).Select(match => (At: match.Index, match.Value))
                : [];
        return statements
            .Concat(calls)
            .Select(found =>
                file.Fault(file.LineAt(found.At), $"only {owner.Path} writes {owner.Table}: {found.Value}")
            );
    }

    // C#: the literals, as they are written; SQL: all of it
    private static IEnumerable<(string Text, int Start)> Strings(SourceFile file) =>
        file.IsCSharp
            ? file.Syntax.DescendantTokens().Where(IsString).Select(token => (token.Text, token.SpanStart))
            : [(file.Text, 0)];

    private static bool IsString(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken;

    private static bool IsCodeOrSql(SourceFile file) =>
        file.IsCSharp || file.Path.EndsWith(".sql", StringComparison.Ordinal);

    private static Owner Subscriptions => Owners.Single(owner => owner.Table == "subscriptions");

    private static readonly Regex Made = new(
        @"(CREATE TABLE billing\.|CreateTable\(\s*name: "")(?<table>\w+)",
        RegexOptions.ExplicitCapture,
        MatchTimeout
    );

    private sealed record Owner(string Table, string Folder, string? Entity = null)
    {
        public string Path { get; } = $"src/Tollgate/{Folder}";

        public Regex Statement { get; } =
            new(
                @"\b(UPDATE|INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)\s+(ONLY\s+)?"
                    + $@"billing\.[\\""]*{Table}\b",
                Options,
                MatchTimeout
            );

        public Regex? Call { get; } =
            Entity is null
                ? null
                : new(
                    $@"\.Set<{Entity}>\(\)\s*\.([^;]*\.)?"
                        + @"(Add|AddRange|Remove|RemoveRange|Update|ExecuteUpdate|ExecuteDelete)(Async)?\s*\(",
                    RegexOptions.ExplicitCapture,
                    MatchTimeout
                );
    }
}
