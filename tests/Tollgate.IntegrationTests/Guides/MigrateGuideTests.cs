using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MyApp;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.IntegrationTests.Library;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>
/// docs/guide/migrate.md: each export is run on the tables that it is for, and what it writes is imported.
/// </summary>
public sealed class MigrateGuideTests
{
    private static readonly string Here = Path.Combine(Repository.Root, "tests", "MyApp");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Customers_of_each_library_come_with_what_they_pay()
    {
        await using var before = await LibraryApp.StartAsync(MigratedPlans.Catalog);
        var price = await OldPriceAsync(before);
        (string Customer, string Subscription)[] payers =
        [
            await PayerAsync(before, price),
            await PayerAsync(before, price),
            await PayerAsync(before, price),
            await PayerAsync(before, price),
        ];
        await MakeTablesAsync(before, payers);
        var published = await before.PublishAsync(MigratedPlans.Catalog);
        Assert.Equal(
            $"{published.PriceIds["team_monthly"]},{price},price_1OldTeamMonthly",
            published.PriceSetting("team_monthly")
        );
        await using var app = await LibraryApp.StartBesideAsync(
            before,
            MigratedPlans.Catalog,
            published,
            services => services.AddSingleton<IHostAccounts, MyTenants>()
        );

        await ImportAsync(app, "export-cashier.sql", $"1,{payers[0].Customer},{payers[0].Subscription}");
        await ImportAsync(app, "export-pay.sql", $"2,{payers[1].Customer},{payers[1].Subscription}");
        await ImportAsync(app, "export-dj-stripe.sql", $"3,{payers[2].Customer},{payers[2].Subscription}");
        await ImportAsync(app, "export-own.sql", $"4,{payers[3].Customer}");

        foreach (var account in (string[])["1", "2", "3", "4"])
        {
            var (state, decision) = await app.Service<AccessGate>().DecideAsync(new AccountId(account), Token);
            Assert.Equal(("team", price), (decision.Plan.Id, state.PriceId));
            Assert.Equal(0, (await app.CommandAsync("explain", account)).Code);
        }

        var (code, compared) = await app.CommandAsync("reconcile", "--dry-run");
        Assert.True(code == 0, compared);
        Assert.Equal(
            0L,
            await app.QueryAsync<long>("SELECT count(*) FROM billing.outbox WHERE kind = 'plan_activated'")
        );
    }

    private static async Task ImportAsync(LibraryApp app, string export, string expected)
    {
        var customers = Path.GetTempFileName();
        await File.WriteAllTextAsync(customers, await ExportAsync(app, export), Token);
        Assert.Equal([expected], await File.ReadAllLinesAsync(customers, Token));
        Assert.Equal("would_import", await OutcomeAsync(app, customers, "--dry-run"));
        Assert.Equal("imported", await OutcomeAsync(app, customers));
        Assert.Equal("known", await OutcomeAsync(app, customers));
        File.Delete(customers);
    }

    // as psql -f does
    private static async Task<string> ExportAsync(LibraryApp app, string file)
    {
        await using var connection = await app.Database.OpenConnectionAsync(Token);
        using var rows = await connection.BeginTextExportAsync(
            await File.ReadAllTextAsync(Path.Combine(Here, file), Token),
            Token
        );
        return await rows.ReadToEndAsync(Token);
    }

    private static async Task<string?> OutcomeAsync(LibraryApp app, string file, params string[] options)
    {
        var (code, output) = await app.CommandAsync(["import", file, "--json", .. options]);
        Assert.True(code == 0, output);
        return JsonDocument.Parse(output).RootElement[0].GetProperty("outcome").GetString();
    }

    private static async Task<string> OldPriceAsync(LibraryApp app)
    {
        var product = await app.Stripe.PostAsync("/v1/products", ("name", "Old Team"));
        var price = await app.Stripe.PostAsync(
            "/v1/prices",
            ("product", Id(product)),
            ("currency", "usd"),
            ("unit_amount", "1500"),
            ("recurring[interval]", "month"),
            ("lookup_key", "old_team_monthly")
        );
        return Id(price);
    }

    private static async Task<(string Customer, string Subscription)> PayerAsync(LibraryApp app, string price)
    {
        var customer = Id(await app.Stripe.PostAsync("/v1/customers", ("email", "old@example.com")));
        var card = await app.Stripe.NewCardAsync("4242424242424242");
        var attached = await app.Stripe.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customer));
        var subscription = await app.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", customer),
            ("items[0][price]", price),
            ("default_payment_method", Id(attached))
        );
        return (customer, Id(subscription));
    }

    private static async Task MakeTablesAsync(LibraryApp app, (string Customer, string Subscription)[] payers)
    {
        var text = new StringBuilder(await File.ReadAllTextAsync(Path.Combine(Here, "former-tables.sql"), Token));
        for (var i = 0; i < payers.Length; i++)
        {
            text.Replace($"'cus_{i + 1}'", $"'{payers[i].Customer}'");
            text.Replace($"'sub_{i + 1}'", $"'{payers[i].Subscription}'");
        }

        await using var command = app.Database.CreateCommand($"{text}");
        await command.ExecuteNonQueryAsync(Token);
    }

    private static string Id(JsonElement made) => made.GetProperty("id").GetString()!;
}
