using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Hydra is killed without warning, and started again on the same database and the same Stripe.</summary>
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F03")]
    public async Task Kill_9_between_webhook_and_apply_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var state = Directory.CreateTempSubdirectory("tollgate-crash");
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Tollgate"] = database.ConnectionString,
            ["Development__SandboxPort"] = $"{FreePort.Next()}",
            ["TOLLGATE_DATA"] = state.FullName,
        };
        await using var switchedOff = HydraProcess.Start(
            address,
            new Dictionary<string, string>(settings) { ["BILLING_ENABLED"] = "true" }
        );
        await switchedOff.ReadyAsync();
        using var owner = await SignInAsync(address);
        var checkout = await owner.PostAsJsonAsync(
            "/api/billing/checkout",
            new { price_id = "team_monthly", seat_count = 3 },
            Token
        );
        var url = (await HydraHost.Json(checkout)).GetProperty("checkout_url").GetString()!;
        await HoldAsync(database, url, switchedOff);

        await using var again = HydraProcess.Start(address, settings);
        await again.ReadyAsync();
        using var back = await SignInAsync(address);
        await Eventually.Async(
            async () => await TierAsync(back) == "team",
            timeout: TimeSpan.FromSeconds(90),
            ct: Token,
            what: "the plan to arrive after the restart"
        );
        Assert.Equal(
            1L,
            await CountAsync(database, "SELECT count(*) FROM billing.outbox WHERE kind = 'plan_activated'")
        );
        state.Delete(recursive: true);
    }

    // The apply is held at the account's lease by a lock of ours, so that the kill falls between the 200 and the apply.
    private static async Task HoldAsync(TestDatabase database, string checkoutUrl, ProductProcess hydra)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (
            var hold = new NpgsqlCommand(
                "SELECT 1 FROM billing.sync_leases WHERE account_id = 'acme' FOR UPDATE",
                connection,
                transaction
            )
        )
        {
            await hold.ExecuteNonQueryAsync(Token);
        }

        var sandbox = new SandboxApi(new Uri(new Uri(checkoutUrl).GetLeftPart(UriPartial.Authority)));
        await sandbox.PayCheckoutAsync(checkoutUrl, "4242424242424242");
        await Eventually.Async(
            async () =>
                await CountAsync(database, "SELECT count(*) FROM billing.inbox_receipts WHERE type = 'invoice.paid'")
                == 1,
            what: "the paid event to be recorded",
            ct: Token
        );
        Assert.Equal(
            0L,
            await CountAsync(database, "SELECT count(*) FROM billing.inbox_receipts WHERE state = 'applied'")
        );
        await hydra.KillAsync();
        await transaction.RollbackAsync(Token);
    }

    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
        };
        var answer = await client.PostAsJsonAsync(
            "/api/auth/login?useCookies=true",
            new { email = "owner@acme.test", password = HydraHost.Password },
            Token
        );
        answer.EnsureSuccessStatusCode();
        return client;
    }

    private static async Task<string?> TierAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/billing/status", Token)).GetProperty("tier").GetString();

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
