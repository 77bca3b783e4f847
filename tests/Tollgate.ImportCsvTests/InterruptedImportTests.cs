using System.Net;
using ImportCsv.Imports;
using Tollgate.Lifecycle;
using Tollgate.Usage;

namespace Tollgate.ImportCsvTests;

/// <summary>What happens to an import that is under way when something else happens; the sender waits for it.</summary>
public sealed class InterruptedImportTests
{
    private const int Rows = 9_000;
    private const int Middle = 5_000;
    private const string Good = "email,name\nada@example.com,Ada\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_importer_that_is_removed_takes_its_running_import_along()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        using var file = Interrupted(
            host,
            async () =>
                Assert.Equal(
                    HttpStatusCode.NoContent,
                    (await client.DeleteAsync("/api/v1/importers/imp_demo", Token)).StatusCode
                )
        );
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(file), 404, "importer_not_found");
        await Leftovers.NoneAsync(host);
    }

    [Fact]
    public async Task A_user_who_is_erased_takes_the_running_import_along()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var account = new AccountId((await host.UserAsync<string>("user_id"))!);
        using var file = Interrupted(
            host,
            async () => Assert.Null((await host.Service<CloseAccount>().RunAsync(account, "test", Token)).Refusal)
        );
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(file), 404, "importer_not_found");
        await Leftovers.NoneAsync(host);
    }

    [Fact]
    public async Task A_plan_that_ends_meanwhile_holds_from_the_next_import_on()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        var subscription = (await host.UserAsync<string>("subscription_id"))!;
        using var file = Interrupted(
            host,
            async () =>
            {
                await host.Stripe.DeleteAsync($"/v1/subscriptions/{subscription}");
                await host.BecomesAsync("pro", "canceled");
                await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
                await host.BecomesAsync("free", "canceled");
            },
            rows: 12_000
        );
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(file)).StatusCode);

        using var next = new ContactFile(12_000);
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(next), 402, "row_limit_exceeded");
        Assert.Equal(12_000L, await host.QueryAsync<long>("SELECT rows FROM public.usage_records"));
    }

    /// <summary>At the very beginning, or when rows are stored already.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_sender_who_goes_away_leaves_nothing_and_the_unit(int rowsAtLeast)
    {
        await using var host = await ImportCsvHost.StartAsync();
        using (var upload = await RawUpload.BeginAsync(host, 100_000_000))
        {
            var rows = Enumerable.Range(0, Middle).Select(row => $"a{row}@b.de,A\n");
            await upload.SendAsync("email,name\n" + string.Concat(rows));
            await Eventually.Async(
                async () => await Leftovers.ImportsAsync(host) == 1 && await Leftovers.RowsAsync(host) >= rowsAtLeast,
                ct: Token,
                what: "a beginning"
            );
        }

        await Eventually.Async(() => Leftovers.AreNoneAsync(host), ct: Token, what: "nothing to be left");
    }

    [Fact]
    public async Task A_host_without_its_database_leaves_rows_that_nobody_sees_and_that_are_swept()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var host = await ImportCsvHost.StartThroughAsync(proxy);
        using var client = await host.SignInAsync();
        using var file = Interrupted(host, proxy.CutAsync);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.ImportAsync(file, once: "a")).StatusCode);
        proxy.Repair();

        await Eventually.Async(
            async () => (await client.GetAsync("/health/ready", Token)).IsSuccessStatusCode,
            ct: Token,
            what: "the database to be back"
        );
        Assert.InRange(await Leftovers.RowsAsync(host), 1, Rows);
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Good, once: "a"), 409, "import_in_progress");
        await host.RunAsync("UPDATE importcsv.imports SET touched_at = touched_at - interval '6 minutes'");
        await host.RunAsync("UPDATE billing.reservations SET leased_until = leased_until - interval '16 minutes'");

        Assert.Equal(1, await host.Service<ImportStore>().DropStaleAsync(Token));
        Assert.Equal(0L, await Leftovers.RowsAsync(host));
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good, once: "a")).StatusCode);
        Assert.Equal(1, await Leftovers.UsedAsync(host));
    }

    [Fact]
    public async Task No_upload_takes_longer_than_its_unit_is_held()
    {
        await using var host = await ImportCsvHost.StartAsync();
        Assert.True(host.Service<MeterOptions>().LeaseLength > TakeRows.LongestUpload);
    }

    [Fact]
    public async Task Of_many_imports_at_once_as_many_pass_as_the_plan_has_left()
    {
        await using var host = await ImportCsvHost.StartAsync(
            "--ImportCsv:ImportsAtOnce=24",
            "--ImportCsv:ImportsAtOnceOfAddress=24"
        );
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good)).StatusCode);
        await host.RunAsync("UPDATE billing.meters SET used = 95");

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => host.ImportAsync(Good)));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await ImportCsvHost.RefusedAsync(refused, 402, "import_limit_reached");
        }

        Assert.Equal(100, await Leftovers.UsedAsync(host));
        Assert.Equal(6, await host.QueryAsync<int>("SELECT imports FROM public.usage_records"));
    }

    [Fact]
    public async Task The_same_import_many_times_at_once_is_one_import()
    {
        await using var host = await ImportCsvHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.ImportAsync(Good, once: "a")));

        foreach (var waiting in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await ImportCsvHost.RefusedAsync(waiting, 409, "import_in_progress");
        }

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1L, await Leftovers.ImportsAsync(host));
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        Assert.Equal(1, await Leftovers.UsedAsync(host));
    }

    /// <summary>A file in whose middle something happens, when rows of it are stored already.</summary>
    private static ContactFile Interrupted(ImportCsvHost host, Func<Task> happens, int rows = Rows) =>
        new(
            rows,
            async row =>
            {
                if (row == Middle)
                {
                    await Eventually.Async(
                        async () => await Leftovers.RowsAsync(host) > 0,
                        ct: Token,
                        what: "rows to be stored"
                    );
                    await happens();
                }
            }
        );
}
