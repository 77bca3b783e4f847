using System.Net;
using ImportCsv.Importers;
using ImportCsv.Imports;
using Microsoft.Extensions.Configuration;

namespace Tollgate.ImportCsvTests;

/// <summary>Nobody takes an importer away from its other visitors, however slowly or often they send.</summary>
public sealed class ImporterRateTests
{
    private const string Good = "email,name\nada@example.com,Ada\n";
    private const string Stranger = "127.0.0.2";

    [Fact]
    public async Task Slow_uploads_of_one_address_leave_turns_for_the_others()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var slow = await SlowUploads.BeginAsync(host, count: 20, Stranger);
        await ReceivingAsync(host, 8);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.ImportAsync(Good)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        await ReceivingAsync(host, 8);
    }

    [Fact]
    public async Task Where_all_turns_are_taken_the_oldest_of_whoever_has_most_is_given_to_a_newcomer()
    {
        await using var host = await ImportCsvHost.StartAsync(
            "--ImportCsv:ImportsAtOnce=4",
            "--ImportCsv:ImportsAtOnceOfAddress=4"
        );
        using var first = await SlowUploads.BeginAsync(host, count: 1, Stranger);
        await ReceivingAsync(host, 1);
        using var others = await SlowUploads.BeginAsync(host, count: 3, Stranger);
        await ReceivingAsync(host, 4);

        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Good)).StatusCode);

        Assert.Contains("upload_too_slow", await first.EndAsync(), StringComparison.Ordinal);
        await ReceivingAsync(host, 3);
        Assert.Equal(1L, await Leftovers.RowsAsync(host));
        Assert.Equal(1 + 3, await Leftovers.UsedAsync(host)); // those that are under way hold theirs
    }

    [Fact]
    public async Task Turns_that_are_shared_evenly_are_taken_from_nobody()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:ImportsAtOnce=2");
        using var one = await SlowUploads.BeginAsync(host, count: 1, Stranger);
        using var other = await SlowUploads.BeginAsync(host, count: 1, "127.0.0.3");
        await ReceivingAsync(host, 2);
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Good), 429, "too_many_calls");
    }

    [Fact]
    public void An_address_burns_its_own_part_of_a_minute()
    {
        using var rates = new ImporterRates(
            new ConfigurationBuilder()
                .AddInMemoryCollection([
                    new("ImportCsv:ImportsPerMinuteOfAddress", "2"),
                    new("ImportCsv:ImportsPerMinute", "3"),
                ])
                .Build()
        );
        var importer = SomeImporter();
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => Takes(rates, importer, "a")));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => Takes(rates, importer, "b")));
        Assert.True(Takes(rates, SomeImporter(), "a"));
    }

    private static bool Takes(ImporterRates rates, Importer importer, string address)
    {
        using var turn = rates.Ask(importer, address);
        return turn is not null;
    }

    private static Importer SomeImporter() =>
        new()
        {
            Id = Guid.NewGuid(),
            UserId = "",
            Key = "",
            Name = "",
            Columns = [],
            AllowedOrigins = [],
            ShowBadge = true,
            CallbackSecret = "",
            CreatedAt = default,
        };

    private static Task ReceivingAsync(ImportCsvHost host, long count) =>
        Eventually.Async(
            async () =>
                await host.QueryAsync<long>("SELECT count(*) FROM importcsv.imports WHERE state = 'receiving'")
                == count,
            ct: TestContext.Current.CancellationToken,
            what: $"{count} uploads to be under way"
        );

    /// <summary>Uploads that have begun, and send no more.</summary>
    private sealed class SlowUploads(IReadOnlyList<RawUpload> uploads) : IDisposable
    {
        public static async Task<SlowUploads> BeginAsync(ImportCsvHost host, int count, string from)
        {
            var uploads = new List<RawUpload>();
            for (var upload = 0; upload < count; upload++)
            {
                uploads.Add(await RawUpload.BeginAsync(host, contentLength: 100_000, from));
            }

            return new SlowUploads(uploads);
        }

        /// <summary>What the first is answered as soon as it ends.</summary>
        public Task<string> EndAsync()
        {
            uploads[0].End();
            return uploads[0].AnswerAsync();
        }

        public void Dispose()
        {
            foreach (var upload in uploads)
            {
                upload.Dispose();
            }
        }
    }
}
