using System.Net;
using ImportCsv.Imports;
using ImportCsv.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Storage;

namespace Tollgate.ImportCsvTests;

/// <summary>How imports go: by their owner, with their importer, by their age.</summary>
public sealed class ForgetTests
{
    private const string Good = "email,name\nada@example.com,Ada\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_that_was_deleted_counts_again_when_it_is_sent_again_under_its_key()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        for (var time = 1; time <= 2; time++)
        {
            var import = await ImportCsvHost.Json(await host.ImportAsync(Good, once: "the-same"));
            Assert.Equal(time, await host.QueryAsync<int>("SELECT used FROM billing.meters"));
            await owner.DeleteAsync($"/api/v1/imports/{import.GetProperty("id").GetGuid()}", Token);
        }
    }

    [Fact]
    public async Task An_import_is_deleted_by_its_owner_alone_and_stays_counted()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        using var other = await host.SignInAsync("admin@importcsv.test");
        var import = await ImportCsvHost.Json(await host.ImportAsync(Good));
        var path = new Uri($"/api/v1/imports/{import.GetProperty("id").GetGuid()}", UriKind.Relative);

        await ImportCsvHost.RefusedAsync(await other.DeleteAsync(path, Token), 404, "import_not_found");
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(path, Token)).StatusCode);

        await ImportCsvHost.RefusedAsync(await owner.DeleteAsync(path, Token), 404, "import_not_found");
        Assert.Equal(0L, await Leftovers.ImportsAsync(host));
        Assert.Equal(0L, await Leftovers.RowsAsync(host));
        Assert.Equal(1, await Leftovers.UsedAsync(host));
        Assert.Equal(1, await host.QueryAsync<int>("SELECT imports FROM public.usage_records"));
    }

    [Fact]
    public async Task An_import_that_still_comes_in_is_not_there_to_be_deleted()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        await host.ImportAsync(Good);
        await host.RunAsync("UPDATE importcsv.imports SET state = 'receiving'");
        var id = await host.QueryAsync<Guid>("SELECT id FROM importcsv.imports");
        await ImportCsvHost.RefusedAsync(
            await owner.DeleteAsync($"/api/v1/imports/{id}", Token),
            404,
            "import_not_found"
        );
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
    }

    [Fact]
    public async Task Imports_go_when_they_are_older_than_they_are_kept_and_stay_counted()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:KeepDays=30");
        await host.ImportAsync(Good);
        await ManyAsync(host, "started_at - interval '31 days'");

        await Forget(host).RunOnceAsync(Token);

        Assert.Equal(1L, await Leftovers.ImportsAsync(host));
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        Assert.Equal(1, await host.QueryAsync<int>("SELECT imports FROM public.usage_records"));
    }

    [Fact]
    public async Task Imports_are_kept_for_ever_where_nothing_else_is_said()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await host.ImportAsync(Good);
        await ManyAsync(host, "started_at - interval '9999 days'");
        await Forget(host).RunOnceAsync(Token);
        Assert.Equal(101L, await Leftovers.ImportsAsync(host));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task Days_that_are_none_stop_the_start(string days) =>
        await Assert.ThrowsAsync<StartupException>(() => ImportCsvHost.StartAsync($"--ImportCsv:KeepDays={days}"));

    [Fact]
    public async Task An_importer_with_very_many_imports_is_removed_with_all_of_them()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var owner = await host.SignInAsync();
        await host.ImportAsync(Good);
        await ManyAsync(host, "started_at");

        var removed = await owner.DeleteAsync("/api/v1/importers/imp_demo", Token);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(0L, await Leftovers.ImportsAsync(host));
        Assert.Equal(0L, await Leftovers.RowsAsync(host));
        Assert.Equal(1, await host.QueryAsync<int>("SELECT imports FROM public.usage_records"));
    }

    [Fact]
    public async Task ImportCSVs_own_tables_go_down_and_up_again_with_rows_in_them()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await host.ImportAsync(Good);
        await using var db = await host.Service<IDbContextFactory<ImportCsvDb>>().CreateDbContextAsync(Token);
        Assert.Equal(1L, await Leftovers.RowsAsync(host));

        await host.Service<MigrateDatabase>().RemoveAsync(Token); // and the views, which read the host's tables, too
        await db.Database.MigrateAsync("0", Token);

        Assert.Equal(
            "migrations",
            await host.QueryAsync<string>(
                "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'importcsv'"
            )
        );
        await host.Service<MigrateDatabase>().RunAsync(Token);
        Assert.Equal(0L, await Leftovers.RowsAsync(host));
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM public.usage_records"));
        Assert.False(db.Database.HasPendingModelChanges());
    }

    /// <summary>A hundred more like the one that there is.</summary>
    private static Task ManyAsync(ImportCsvHost host, string startedAt) =>
        host.RunAsync(
            $"""
            WITH more AS (
                INSERT INTO importcsv.imports (id, importer_id, user_id, idempotency_key, file_name, state, started_at,
                    touched_at, columns, rows, valid_rows, error_count, errors, encoding, delimiter, fingerprint)
                SELECT gen_random_uuid(), importer_id, user_id, 'more ' || number, file_name, state, {startedAt},
                    touched_at, columns, rows, valid_rows, error_count, errors, encoding, delimiter, fingerprint
                FROM importcsv.imports, generate_series(1, 100) number
                RETURNING id
            )
            INSERT INTO importcsv.import_pieces (import_id, line, rows, csv)
            SELECT id, 1, 1, 'ada@example.com,Ada,,,,' || E'\r\n' FROM more
            """
        );

    private static ForgetImports Forget(ImportCsvHost host) =>
        host.App.Services.GetServices<IHostedService>().OfType<ForgetImports>().Single();
}
