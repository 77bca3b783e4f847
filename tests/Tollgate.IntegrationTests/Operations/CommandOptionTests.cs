using System.CommandLine;
using System.CommandLine.Help;
using Tollgate.Commands;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Operations;

/// <summary>
/// Every option and argument of every command, taken from the tree of commands, is typed by a line below: what is not
/// fails a test, and so does a line that does not answer what it should.
/// </summary>
public sealed class CommandOptionTests
{
    private const string File = "FILE";
    private const string NewFile = "NEWFILE";

    // two different events; the bodies are what show prints
    private const string Events = """
        INSERT INTO billing.inbox_receipts (event_id, type, received_at, state, account_id, reason, not_before)
        VALUES
            ('evt_1', 'invoice.paid', '2026-11-01', 'dead', 'acme', 'bug', clock_timestamp()),
            ('evt_2', 'invoice.paid', '2026-11-02', 'dead', 'globex', 'bug', clock_timestamp()),
            ('evt_3', 'invoice.paid', '2026-11-03', 'dead', 'acme', 'bug', clock_timestamp()),
            ('evt_4', 'invoice.voided', '2026-11-01', 'dead', 'acme', 'bug', clock_timestamp()),
            ('evt_5', 'invoice.paid', '2026-11-01', 'quarantined', 'acme', 'bug', clock_timestamp()),
            ('evt_6', 'invoice.paid', '2026-11-01', 'dead', 'acme', 'other', clock_timestamp());
        INSERT INTO billing.inbox_payloads (event_id, received_month, body)
        SELECT event_id, '2026-11-01', '{"id": "the body"}' FROM billing.inbox_receipts;
        """;

    private const string Which =
        "--state dead --reason bug --type invoice.paid --tenant acme --from 2026-10-31 --to 2026-11-02T12:00Z";

    private static readonly Line[] Lines =
    [
        new(
            "setup --webhook-url https://hooks.acme.test/stripe",
            "would make webhook endpoint https://hooks.acme.test/"
        ),
        new("setup --webhook-url nonsense", "nonsense is no address", Code: 2),
        new("setup --yes --webhook-url https://hooks.acme.test/", "STRIPE_WEBHOOK_SECRET=whsec_"),
        new("setup --yes --roll-secret", "in place of one whose secret is lost"),
        new("setup --diff", "Stripe has all that the catalog says."),
        new($"catalog types --language csharp --namespace Acme.Ids --output {NewFile}", "is written."),
        new($"catalog types --language typescript --check --output {NewFile}", "is not as the catalog is", Code: 1),
        new($"catalog types --language csharp --output {File}", "was not written by this command", Code: 1),
        new($"catalog types --language csharp --namespace 7 --output {NewFile}", "7 is no namespace", Code: 2),
        new($"catalog types --language cobol --output {NewFile}", "'cobol' not recognized", Code: 2),
        new($"catalog pull --output {NewFile} --format csharp --product Glide", "2 plans"),
        new($"catalog pull --output {File} --force", "2 plans"),
        new($"catalog pull --output {File}", "type --force to write over it", Code: 1),
        new($"doctor --compare {File} --deployed", "ok STRIPE_SECRET_KEY differs"),
        new("doctor --compare /there/is/none", "/there/is/none does not exist", Code: 1),
        new("explain acme", "acme has Free"),
        new($"events list {Which}", "evt_1", Not: "evt_2 evt_3 evt_4 evt_5 evt_6"),
        new("events list --limit 1", "evt_3", Not: "evt_1 evt_2"),
        new("events list --limit 0", "--limit is 1 at least", Code: 2),
        new("events list --from yesterday", "yesterday is no time", Code: 2),
        new("events show evt_1", "the body"),
        new("events replay evt_1 --why repaired --by ann", "1 events start again"),
        new($"events replay {Which} --why repaired", "1 events start again"),
        new("events replay --dead --why repaired", "5 events start again"),
        new("inbox partitions", "default billing.inbox_payloads_other"),
        new("inbox detach --before 2020-01", "There is no month before 2020-01 to detach."),
        new("inbox detach --before 2999-01 --yes", "(month_is_current)", Code: 1),
        new("inbox detach --before soon", "soon is no month: write 2026-06.", Code: 2),
        new("quotes acme", "proration_date"),
        new("duplicates", "0 found."),
        new("cancel acme --why asked --now", "(no_subscription)", Code: 1),
        new("catch-up --by ann", "Events since"),
        new("reconcile --dry-run --by ann", "Findings: 0"),
        new("billing off --why incident --by ann", "by ann: incident"),
        new("billing on --why over --by ann", "by ann: over"),
        new("billing status", "Billing is on."),
        new(
            "override set acme --plan team --until 2099-01-01 --why signed --by ann",
            "acme has Team by override until 2099-01-01 00:00 UTC, set by ann: signed."
        ),
        new("override end acme --why over --by ann", "acme has Free"),
        new("close acme --why left --yes", "acme is closed since"),
        new($"import {File} --dry-run", "It is not account,cus_...", Code: 1),
        new("import --stdin", "There is no account nobody", Code: 1),
        new("integrity", "ok a paid plan has a subscription"),
        new("health", "200 from http://127.0.0.1:"),
        new("migrate up", "applied"),
        new("migrate status", "applied", Not: "missing"),
        new("migrate script", "CREATE OR REPLACE VIEW public.tenants"),
        new("migrate down --steps 1", "This deletes what the newest migrations brought.", Code: 1),
        new("migrate down --steps 1 --yes", "Without --steps all are taken back.", Code: 1),
        new("migrate down --steps 0", "--steps is 1 at least", Code: 2),
        new($"backup {NewFile} --copy", "Kept by copy"),
        new($"restore {NewFile} --yes", "There is no file", Code: 1),
        new("billing status --json", "\"is_on\": true"),
        new("billing status --verbose", "Billing is on."),
    ];

    public static TheoryData<string> Typed => [.. Lines.Select(line => line.Args)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task A_line_answers_what_it_should(string args)
    {
        var line = Lines.Single(one => one.Args == args);
        await using var hydra = await HydraHost.StartAsync("--Logging:LogLevel:Default=None");
        await CaughtUpAsync(hydra);
        if (args.StartsWith("events", StringComparison.Ordinal))
        {
            await ExecuteAsync(hydra, Events);
        }

        var file = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(file, "STRIPE_SECRET_KEY=another\n", Token);
        Console.SetIn(new StringReader("nobody,cus_1"));

        var (code, output) = await hydra.CommandAsync(Parts(args, file));

        System.IO.File.Delete(file);
        System.IO.File.Delete(file + ".new");
        var words = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.True(code == line.Code, output);
        Assert.Contains(line.Shows, words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Tollgate", output, StringComparison.Ordinal);
        foreach (var absent in (line.Not ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.DoesNotContain(absent, words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_option_and_argument_of_every_command_is_typed_by_a_line()
    {
        await using var hydra = await HydraHost.StartAsync();
        var root = HostCommands.Create(hydra.App.Services, TextWriter.Null, TextWriter.Null);
        var there = root.Options.Select(option => Named("", option)).Concat(All(root, "")).ToHashSet();
        there.RemoveWhere(one => one.EndsWith("--help", StringComparison.Ordinal) || one == " --version");

        var typed = Lines
            .Select(line => root.Parse(Parts(line.Args, "file")))
            .SelectMany(parsed =>
                parsed
                    .CommandResult.Command.Options.Concat(root.Options)
                    .Where(option => parsed.GetResult(option) is { Implicit: false })
                    .Select(option => Named(root.Options.Contains(option) ? "" : PathOf(parsed), option))
                    .Concat(
                        parsed
                            .CommandResult.Command.Arguments.Where(argument =>
                                parsed.GetResult(argument) is { Tokens.Count: > 0 }
                            )
                            .Select(argument => Named(PathOf(parsed), argument))
                    )
                    .Append(PathOf(parsed))
            )
            .ToHashSet();

        Assert.Empty(there.Except(typed));
    }

    /// <summary>The host's own catch-up, at its start, is over: one node runs it at a time.</summary>
    private static Task CaughtUpAsync(HydraHost hydra) =>
        Eventually.Async(
            () => hydra.QueryAsync<bool>("SELECT finished_at IS NOT NULL FROM billing.catch_up"),
            ct: Token,
            what: "the catch-up of the start"
        );

    private static IEnumerable<string> All(Command command, string path) =>
        command.Subcommands.SelectMany(below =>
        {
            var name = $"{path} {below.Name}";
            return below.Subcommands.Count > 0
                ? All(below, name)
                : below
                    .Options.Where(option => option is not HelpOption)
                    .Select(option => Named(name, option))
                    .Concat(below.Arguments.Select(argument => Named(name, argument)))
                    .Append(name);
        });

    private static string Named(string path, Symbol symbol) => $"{path} {symbol.Name}";

    private static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (
            System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult;
            at is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } command;
            at = at.Parent
        )
        {
            names.Push(command.Command.Name);
        }

        return " " + string.Join(' ', names);
    }

    private static string[] Parts(string args, string file) =>
        [
            .. args.Split(' ')
                .Select(part =>
                    part switch
                    {
                        File => file,
                        NewFile => file + ".new",
                        _ => part,
                    }
                ),
        ];

    /// <param name="Shows">A part of the answer, with one space for many.</param>
    /// <param name="Not">Words that must not stand there.</param>
    private sealed record Line(string Args, string Shows, int Code = 0, string? Not = null);
}
