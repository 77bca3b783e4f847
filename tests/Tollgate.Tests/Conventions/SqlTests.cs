using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tollgate.Tests.Conventions;

/// <summary>Rules for the text of statements: billing time is an argument, state has a single writer.</summary>
public sealed class SqlTests
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    // clock_timestamp() is allowed: machine time of leases. Date.now() is a browser's.
    private static readonly Regex DatabaseClock = new(
        @"(?<![.\w])(pg_catalog\.)?(now|statement_timestamp|transaction_timestamp)\s*\(|"
            + @"\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\b",
        Options,
        MatchTimeout
    );

    // decides access: table or set of the context -> the one folder that writes it
    private static readonly WrittenTable[] WrittenTables =
    [
        new(Table: "subscriptions", Set: "Subscriptions", Folder: "src/Tollgate/Subscriptions"),
    ];

    [Fact]
    public void No_statement_asks_the_database_for_the_time() =>
        SourceTree.Holds(TimeIsAnArgument, file => file.IsUnder("src", "hosts") && IsCodeOrSql(file));

    [Fact]
    public void Subscription_state_has_a_single_writer() =>
        SourceTree.Holds(
            file => WrittenTables.SelectMany(table => OthersDoNotWrite(table, file)),
            file => file.IsUnder("src", "hosts") && IsCodeOrSql(file)
        );

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
    [InlineData("hosts/Hydra/A.cs", "db.Subscriptions.Add(state);", 1)]
    [InlineData("hosts/Hydra/A.cs", "db.Subscriptions\n    .Where(s => s.Id == id)\n    .ExecuteUpdateAsync(x);", 1)]
    [InlineData("hosts/Hydra/A.cs", "db.Subscriptions.Where(s => s.Id == id).ToListAsync(ct);", 0)]
    [InlineData("src/Tollgate/Storage/Migrations/A.cs", "var s = \"UPDATE billing.subscriptions SET x = 1\";", 0)]
    public void Other_way_into_the_state_is_found(string path, string text, int faults) =>
        Assert.Equal(faults, OthersDoNotWrite(WrittenTables[0], new SourceFile(path, text)).Count());

    private static IEnumerable<string> TimeIsAnArgument(SourceFile file) =>
        from sql in Strings(file)
        from Match match in DatabaseClock.Matches(sql.Text)
        select file.Fault(
            file.LineAt(sql.Start + match.Index),
            $"billing time is an argument (@now), not {match.Value.Trim()}"
        );

    private static IEnumerable<string> OthersDoNotWrite(WrittenTable table, SourceFile file)
    {
        if (file.IsUnder(table.Folder) || file.IsGenerated)
            return [];
        var statements =
            from sql in Strings(file)
            from Match match in table.Statement.Matches(sql.Text)
            select (At: sql.Start + match.Index, match.Value);
        var calls = file.IsCSharp ? table.Call.Matches(file.Text).Select(match => (At: match.Index, match.Value)) : [];
        return statements
            .Concat(calls)
            .Select(found =>
                file.Fault(file.LineAt(found.At), $"only {table.Folder} writes {table.Table}: {found.Value}")
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

    private sealed record WrittenTable(string Table, string Set, string Folder)
    {
        public Regex Statement { get; } =
            new(
                @"\b(UPDATE|INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)\s+(ONLY\s+)?"
                    + $@"billing\.[\\""]*{Table}\b",
                Options,
                MatchTimeout
            );

        public Regex Call { get; } =
            new(
                $@"\.{Set}\s*\.([^;]*\.)?(Add|AddAsync|AddRange|Remove|RemoveRange|Update|ExecuteUpdate|ExecuteDelete)"
                    + @"(Async)?\s*\(",
                RegexOptions.ExplicitCapture,
                MatchTimeout
            );
    }
}
