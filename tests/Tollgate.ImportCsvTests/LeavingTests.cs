using System.Net;
using System.Net.Http.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>Who deletes their account takes everything along, and pays no more.</summary>
public sealed class LeavingTests
{
    private const string Csv = "email,name\r\nada@example.com,Ada\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_leaves_is_cancelled_at_Stripe_erased_and_signed_out_everywhere()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var elsewhere = await host.SignInAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        var subscription = await host.UserAsync<string>("subscription_id");

        await ImportCsvHost.RefusedAsync(await CloseAsync(client, "not-my-password"), 403, "not_your_password");
        Assert.Equal("active", await StatusAsync(host, subscription));
        Assert.Equal(HttpStatusCode.NoContent, (await CloseAsync(client)).StatusCode);

        Assert.Equal("canceled", await StatusAsync(host, subscription));
        Assert.Null(await host.UserAsync<string>("user_id"));
        await NothingIsLeftAsync(host);
        foreach (var session in new[] { client, elsewhere })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await session.GetAsync("/api/me", Token)).StatusCode);
        }

        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Csv), 404, "importer_not_found");
        using var anonymous = host.Anonymous();
        var credentials = new { email = ImportCsvHost.Owner, password = ImportCsvHost.Password };
        await ImportCsvHost.RefusedAsync(
            await anonymous.PostAsJsonAsync("/api/auth/login", credentials, Token),
            401,
            "wrong_password"
        );
        var again = await anonymous.PostAsJsonAsync("/api/auth/sign-up", credentials, Token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await host.ConfirmAsync(anonymous, ImportCsvHost.Owner, ImportCsvHost.Password);
        Assert.Equal("free", await host.UserAsync<string>("subscription_tier"));
    }

    [Fact]
    public async Task Without_the_cloud_who_leaves_is_just_erased()
    {
        await using var host = await ImportCsvHost.StartFreshAsync("--IMPORTCSV_CLOUD=false");
        using var client = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await CloseAsync(client)).StatusCode);
        await NothingIsLeftAsync(host);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me", Token)).StatusCode);
    }

    private static Task<HttpResponseMessage> CloseAsync(HttpClient client, string password = ImportCsvHost.Password) =>
        client.PostAsJsonAsync("/api/me/close", new { password }, Token);

    private static async Task<string?> StatusAsync(ImportCsvHost host, string? subscription) =>
        (await host.Stripe.GetAsync($"/v1/subscriptions/{subscription}")).GetProperty("status").GetString();

    private static async Task NothingIsLeftAsync(ImportCsvHost host)
    {
        Assert.Equal(
            0L,
            await host.QueryAsync<long>(
                $"""SELECT count(*) FROM importcsv."AspNetUsers" WHERE email = '{ImportCsvHost.Owner}'"""
            )
        );
        // nobody else has imported anything
        var tables = await host.QueryAsync<string[]>(
            """
            SELECT array_agg(table_name::text) FROM information_schema.tables
            WHERE table_schema = 'importcsv' AND table_name NOT LIKE 'AspNet%' AND table_name <> 'migrations'
            """
        );
        Assert.Contains("imports", tables!);
        foreach (var table in tables!)
        {
            Assert.Equal(0L, await host.QueryAsync<long>($"SELECT count(*) FROM importcsv.{table}"));
        }
    }
}
