using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Operations;

/// <summary>What was lost with the tables comes back with the backup, whichever way it was written.</summary>
public sealed class BackupTests
{
    private const string NoLogs = "--Logging:LogLevel:Default=None";

    // of everything that is kept, the rows and what the next number will be
    private const string AllRows = """
        SELECT string_agg(table_name || ' ' || (xpath('/row/hash/text()', query_to_xml(format(
            'SELECT md5(string_agg(r::text, E''\n'' ORDER BY r::text)) AS hash FROM billing.%I r', table_name),
            true, true, '')))[1]::text, E'\n' ORDER BY table_name)
        FROM information_schema.tables WHERE table_schema = 'billing' AND table_name <> 'migrations'
            AND table_name NOT IN ('stripe_read_budget', 'sync_leases', 'catch_up', 'reconcile_runs')
        """;

    private const string Sequences = """
        SELECT string_agg(sequencename || ' ' || COALESCE(last_value, 0), E'\n' ORDER BY sequencename)
        FROM pg_sequences WHERE schemaname = 'billing' AND sequencename NOT LIKE 'reconcile%'
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pg_dump")]
    [InlineData("copy")]
    public async Task Every_row_comes_back_into_tables_that_were_taken_out_and_made_anew(string by)
    {
        await using var database = await TestDatabase.CreateAsync();
        string before;
        string numbers;
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sql");
        string[] how = by == "copy" ? ["--copy"] : [];
        await using (var hydra = await HydraHost.StartOnAsync(database.ConnectionString, NoLogs))
        {
            using var owner = await SubscribedAsync(hydra, "team_monthly");
            await owner.PostAsync("/api/workflows/fix/runs", content: null, Token);
            await hydra.QuietAsync();
            // letters go out while billing is off, too
            await Eventually.Async(
                async () =>
                    await hydra.QueryAsync<bool>(
                        """
                        SELECT NOT EXISTS (SELECT FROM billing.outbox WHERE state = 'pending')
                            AND NOT EXISTS (SELECT FROM billing.mails WHERE state = 'waiting' AND due_at <= now())
                        """
                    ),
                ct: Token,
                what: "outbox and due mails to be empty"
            );
            // what a text of rows could stumble over
            await ExecuteAsync(
                hydra,
                @"UPDATE billing.accounts SET name = E'a\\tb\tc \\. ü\nd' WHERE account_id = 'acme'"
            );
        }

        // no worker writes between the backup and the comparison
        await using (
            var still = await HydraHost.StartOnAsync(database.ConnectionString, NoLogs, "--BILLING_ENABLED=false")
        )
        {
            var (kept, said) = await still.CommandAsync(["backup", file, .. how]);
            Assert.True(kept == 0, said);
            Assert.StartsWith($"Kept by {by}: ", said, StringComparison.Ordinal);
            before = (await still.QueryAsync<string>(AllRows))!;
            numbers = (await still.QueryAsync<string>(Sequences))!;
            Assert.Contains("subscriptions", before, StringComparison.Ordinal);

            Assert.Equal(0, (await still.CommandAsync("migrate", "down", "--yes")).Code);
            Assert.Equal(0, (await still.CommandAsync("migrate", "up")).Code);
            Assert.NotEqual(before, await still.QueryAsync<string>(AllRows));

            var (refused, why) = await still.CommandAsync("restore", file);
            Assert.Equal(1, refused);
            Assert.Contains("replaces all billing data", why, StringComparison.Ordinal);
            var (code, output) = await still.CommandAsync("restore", file, "--yes");
            Assert.True(code == 0, output);
            Assert.Equal(before, await still.QueryAsync<string>(AllRows));
            Assert.Equal(numbers, await still.QueryAsync<string>(Sequences));
        }

        File.Delete(file);
    }

    [Fact]
    public async Task Half_a_backup_and_one_of_other_tables_are_refused_and_nothing_is_changed()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs, "--BILLING_ENABLED=false");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sql");
        Assert.Equal(0, (await hydra.CommandAsync("backup", file, "--copy")).Code);
        var text = await File.ReadAllTextAsync(file, Token);
        var rows = await hydra.QueryAsync<string>(AllRows);

        await File.WriteAllTextAsync(file, text[..(text.Length / 2)], Token);
        Assert.Contains(
            "not_a_backup",
            (await hydra.CommandAsync("restore", file, "--yes")).Output,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(file, text.Replace(", true);", ", 1);", StringComparison.Ordinal), Token);
        Assert.Contains(
            "not_a_backup",
            (await hydra.CommandAsync("restore", file, "--yes")).Output,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(file, text.Replace("_Initial", "_Initials", StringComparison.Ordinal), Token);
        Assert.Contains(
            "backup_of_other_tables",
            (await hydra.CommandAsync("restore", file, "--yes")).Output,
            StringComparison.Ordinal
        );

        File.Delete(file);
        Assert.Equal(rows, await hydra.QueryAsync<string>(AllRows));
    }

    [Fact]
    public async Task A_backup_is_for_its_owners_eyes_and_never_written_over_another()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sql");

        Assert.Equal(0, (await hydra.CommandAsync("backup", file)).Code);
        Assert.Equal(1, (await hydra.CommandAsync("backup", file)).Code);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        File.Delete(file);
    }
}
