using System.Net;
using Npgsql;
using Tollgate.IntegrationTests.Reconciliation;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What deliveries are answered while the database lets nobody in.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Hydra accepts, as it is shipped; the library, and ImportCSV, have Stripe try again.</summary>
    [Theory]
    [Trait("decision", "W2")]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("--Tollgate:WhenUnrecordable=Retry", HttpStatusCode.ServiceUnavailable)]
    public async Task While_the_database_is_away_each_setting_answers_as_it_says_within_three_seconds(
        string? setting,
        HttpStatusCode answered
    )
    {
        await using var hydra = await HydraHost.StartAsync(setting is null ? [] : [setting]);
        var name = await hydra.QueryAsync<string>("SELECT current_database()");
        var admin = new NpgsqlConnectionStringBuilder(hydra.Database.ConnectionString)
        {
            Database = "postgres",
            Password = new NpgsqlConnectionStringBuilder(hydra.ConnectionString).Password,
        };
        await using var elsewhere = new NpgsqlConnection(admin.ConnectionString);
        await elsewhere.OpenAsync(Token);
        await RunAsync(elsewhere, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS false");
        await RunAsync(elsewhere, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

        // the best of some: others use the machine as well
        await Eventually.Async(
            async () =>
            {
                var began = TimeProvider.System.GetTimestamp();
                Assert.Equal(answered, (await hydra.DeliverAsync(SampleEvents.Event("evt_1"))).StatusCode);
                return TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(3);
            },
            ct: Token
        );

        await RunAsync(elsewhere, $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true");
        await Eventually.Async(
            async () =>
                await hydra.DeliverAsync(SampleEvents.Event("evt_1")) is { IsSuccessStatusCode: true }
                && await IsThereAsync(),
            ct: Token,
            what: "the event to be recorded once the database is back"
        );
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));

        async Task<bool> IsThereAsync()
        {
            try
            {
                return await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts") == 1;
            }
            catch (NpgsqlException)
            {
                return false; // a pooled connection of before
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
