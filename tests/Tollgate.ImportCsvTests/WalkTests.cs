using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>The whole way of a user, from sign-up to the paid plan and through a payment that fails.</summary>
public sealed class WalkTests
{
    private const string Csv = "email,name\r\nada@example.com,Ada\r\ngrace@example.com,Grace\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_signs_up_confirms_makes_an_importer_and_imports()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        var credentials = new { email = "new@example.com", password = "long-enough-words" };
        var signedUp = await client.PostAsJsonAsync("/api/auth/sign-up", credentials, Token);
        Assert.Equal(HttpStatusCode.OK, signedUp.StatusCode);
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/auth/login", credentials, Token),
            401,
            "email_not_confirmed"
        );

        await host.MailAsync("Confirm your e-mail");
        var (user, code) = await host.LinkAsync("/confirm");
        var confirmation = new
        {
            user,
            code,
            credentials.password,
        };
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/auth/confirm", confirmation with { password = "not-the-one" }, Token),
            401,
            "wrong_password"
        );
        var confirmed = await client.PostAsJsonAsync("/api/auth/confirm", confirmation, Token);
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        await host.MailAsync("Welcome to ImportCSV");

        var made = await client.PostAsJsonAsync("/api/v1/importers", Contacts, Token);
        var key = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;
        var imported = await host.ImportAsync(Csv, key);
        Assert.Equal(HttpStatusCode.Created, imported.StatusCode);
        var import = await ImportCsvHost.Json(imported);
        Assert.Equal("completed", import.GetProperty("status").GetString());
        Assert.Equal(2, import.GetProperty("valid_rows").GetInt32());

        var result = await client.GetAsync(import.GetProperty("result_url").GetString(), Token);
        Assert.Equal(Csv, await result.Content.ReadAsStringAsync(Token));
        var subscription = await client.GetFromJsonAsync<JsonElement>("/api/v1/billing/subscription", Token);
        Assert.Equal("free", subscription.GetProperty("tier").GetString());
        Assert.Equal(1, subscription.GetProperty("usage").GetProperty("imports").GetInt32());
        Assert.Equal(100, subscription.GetProperty("limits").GetProperty("imports_per_month").GetInt32());
    }

    [Fact]
    public async Task At_the_limit_a_user_is_asked_to_upgrade_pays_and_imports_on()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await UseAsync(host, 79);
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        await host.MailAsync("80 % of your ImportCSV Imports are used");
        await UseAsync(host, 99);
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        await host.MailAsync("The limit of your ImportCSV Imports is reached");

        var refused = await ImportCsvHost.RefusedAsync(await host.ImportAsync(Csv), 402, "import_limit_reached");
        Assert.Equal(100, refused.GetProperty("limit").GetInt32());
        Assert.Equal(100, refused.GetProperty("used").GetInt32());
        Assert.Equal("free", refused.GetProperty("tier").GetString());
        Assert.EndsWith("/settings/billing", refused.GetProperty("upgrade_url").GetString(), StringComparison.Ordinal);

        await host.BuyAsync(client, "pro");
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        await host.MailAsync("You're on ImportCSV Pro");
        var subscription = await client.GetFromJsonAsync<JsonElement>("/api/v1/billing/subscription", Token);
        Assert.Equal(101, subscription.GetProperty("usage").GetProperty("imports").GetInt32());
        Assert.Equal(2000, subscription.GetProperty("limits").GetProperty("imports_per_month").GetInt32());
        Assert.Equal(5, await host.QueryAsync<decimal>("SELECT sum(imports)::numeric FROM public.usage_records"));
    }

    [Fact]
    public async Task A_payment_that_fails_is_mailed_on_days_1_4_and_7_then_paused_and_restored_by_money()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "business");
        await host.FailRenewalAsync();
        await host.MailAsync("Your ImportCSV payment did not go through: 7 days left");
        var grace = await client.GetFromJsonAsync<JsonElement>("/api/v1/billing/subscription", Token);
        Assert.Equal("past_due", grace.GetProperty("status").GetString());
        Assert.Equal("business", grace.GetProperty("tier").GetString());
        Assert.NotEqual(JsonValueKind.Null, grace.GetProperty("grace_period_ends_at").ValueKind);

        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        await host.MailAsync("Your ImportCSV payment did not go through: 4 days left");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(3), Token);
        await host.MailAsync("Your ImportCSV payment did not go through: 1 day left");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(1.1), Token);
        await host.BecomesAsync("free", "paused");
        await host.MailAsync("Your ImportCSV Business plan is paused");
        var paused = await client.GetFromJsonAsync<JsonElement>("/api/v1/billing/subscription", Token);
        Assert.Equal("paused", paused.GetProperty("status").GetString());
        Assert.Equal(100, paused.GetProperty("limits").GetProperty("imports_per_month").GetInt32());
        var refused = await ImportCsvHost.RefusedAsync(await host.ImportAsync(Csv), 402, "payment_required");
        Assert.Equal("free", refused.GetProperty("tier").GetString());
        Assert.EndsWith("/settings/billing", refused.GetProperty("settings_url").GetString(), StringComparison.Ordinal);
        using var visitor = host.Anonymous();
        var closed = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/importers/imp_demo/config", Token);
        Assert.Equal(
            (false, true),
            (closed.GetProperty("can_import").GetBoolean(), closed.GetProperty("is_paused").GetBoolean())
        );
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM billing.reservations"));

        await host.PayOpenInvoiceAsync();
        await host.BecomesAsync("business", "active");
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        var restored = await client.GetFromJsonAsync<JsonElement>("/api/v1/billing/subscription", Token);
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("limits").GetProperty("imports_per_month").ValueKind);
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("grace_period_ends_at").ValueKind);
    }

    [Fact]
    [Trait("decision", "S15")]
    public async Task Who_cancels_while_paused_goes_on_as_free()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        await host.FailRenewalAsync();
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(7.1), Token);
        await host.BecomesAsync("free", "paused");
        await ImportCsvHost.RefusedAsync(await host.ImportAsync(Csv), 402, "payment_required");

        await host.Stripe.DeleteAsync($"/v1/subscriptions/{await host.UserAsync<string>("subscription_id")}");
        await host.BecomesAsync("free", "canceled");

        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
    }

    public static object Contacts { get; } = new
    {
        name = "Contacts",
        columns = new object[]
        {
            new
            {
                key = "email",
                label = "E-mail",
                type = "email",
                required = true,
            },
            new { key = "name", label = "Name" },
        },
        allowed_origins = new[] { "https://shop.example" },
    };

    // what many imports would have left
    private static async Task UseAsync(ImportCsvHost host, int used)
    {
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync(Csv)).StatusCode);
        await host.RunAsync($"UPDATE billing.meters SET used = {used}");
    }
}
