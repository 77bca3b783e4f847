using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.ImportCsvTests;

/// <summary>Who signs in, and what is kept from whom.</summary>
public sealed class PeopleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_password_only_a_hash_is_kept()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var kept = await host.QueryAsync<string>(
            $"""SELECT person::text FROM importcsv."AspNetUsers" person WHERE email = '{ImportCsvHost.Owner}'"""
        );
        Assert.Contains("AQAAAA", kept!, StringComparison.Ordinal); // Identity's third format: PBKDF2 with a salt
        Assert.DoesNotContain(ImportCsvHost.Password, kept!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_learns_from_a_wrong_password_that_somebody_has_not_confirmed()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        var email = "new@example.com";
        await client.PostAsJsonAsync("/api/auth/sign-up", new { email, password = "long-enough-words" }, Token);
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/auth/login", new { email, password = "some-other-words" }, Token),
            401,
            "wrong_password"
        );
    }

    [Fact]
    public async Task A_sign_up_that_cannot_be_is_refused()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        await SignUpRefusedAsync(client, "short@example.com", "short", "sign_up_refused");
        await SignUpRefusedAsync(client, ImportCsvHost.Owner, "short", "sign_up_refused");
        await SignUpRefusedAsync(client, "a@b.de,c@d.de", "long-enough-words", "invalid_request");
        await SignUpRefusedAsync(client, "a\0@b.de", "long-enough-words", "invalid_request");
    }

    [Theory]
    [InlineData("o'brien@example.com")]
    [InlineData("joe@münchen.de")]
    [InlineData("@a-long-host-name-of-sixty-characters-which-is-about-the-most.example")]
    public async Task Every_address_that_is_one_signs_up(string given)
    {
        // longer than the name of an account
        var email = given[0] == '@' ? $"long@{string.Join('.', Enumerable.Repeat(given[1..], 3))}" : given;
        await using var host = await ImportCsvHost.StartAsync();
        using var client = host.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await SignUpAsync(client, email)).StatusCode);
        await host.MailAsync("Confirm your e-mail");
    }

    [Fact]
    public async Task Very_many_sign_ups_at_once_leave_a_connection_to_everybody_else()
    {
        await using var host = await ImportCsvHost.StartAsync(
            "--SignIn:CallsPerMinute=200",
            "--SignIn:SignUpsPerDay=200",
            "--SignIn:NetworkSignUpsPerDay=200"
        );
        using var client = host.Anonymous();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(number => SignUpAsync(client, $"user{number}@example.com"))
        );
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(120L, await host.QueryAsync<long>("SELECT count(*) FROM sign_in.sign_ups"));
    }

    [Fact]
    public async Task One_address_tries_so_many_passwords_a_minute_and_no_more()
    {
        await using var host = await ImportCsvHost.StartAsync("--SignIn:CallsPerMinute=1");
        using var client = host.Anonymous();
        await ImportCsvHost.RefusedAsync(await LogInAsync(client, "wrong-wrong-wrong"), 401, "wrong_password");
        await ImportCsvHost.RefusedAsync(await LogInAsync(client, ImportCsvHost.Password), 429, "too_many_calls");
    }

    [Fact]
    public async Task While_billing_is_switched_off_people_still_get_the_link_that_lets_them_in()
    {
        await using var host = await ImportCsvHost.StartAsync("--BILLING_ENABLED=false");
        using var client = host.Anonymous();
        Assert.Equal(HttpStatusCode.OK, (await SignUpAsync(client, "new@example.com")).StatusCode);
        await host.MailAsync("Confirm your e-mail");
    }

    [Fact]
    [Trait("abuse", "X18")]
    public async Task Another_sites_page_cannot_act_in_a_users_name()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        foreach (var path in new[] { "/api/v1/billing/checkout", "/api/v1/importers", "/api/auth/login" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(new { tier = "pro" }),
            };
            request.Headers.Add("Origin", "https://evil.example");
            await ImportCsvHost.RefusedAsync(await client.SendAsync(request, Token), 403, "cross_site_request");
        }
    }

    [Fact]
    [Trait("abuse", "X30")]
    public async Task Only_administrators_see_everybodys_usage()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await host.ImportAsync("email,name\na@b.de,A\nb@b.de,B\n");
        using var owner = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.GetAsync("/api/v1/admin/users", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/admin", Token)).StatusCode);

        using var admin = await host.SignInAsync("admin@importcsv.test");
        var seen = await admin.GetFromJsonAsync<JsonElement>("/api/v1/admin/users", Token);
        var user = seen.GetProperty("users")
            .EnumerateArray()
            .Single(one => one.GetProperty("email").GetString() == ImportCsvHost.Owner);
        Assert.Equal("free", user.GetProperty("tier").GetString());
        Assert.Equal("active", user.GetProperty("status").GetString());
        Assert.Equal(2, user.GetProperty("max_rows_in_single_import").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin", Token)).StatusCode);
    }

    [Fact]
    public async Task Without_a_subscription_the_view_says_free_and_active_and_the_engine_nothing()
    {
        await using var host = await ImportCsvHost.StartAsync();
        Assert.Equal("free", await host.UserAsync<string>("subscription_tier"));
        Assert.Equal("active", await host.UserAsync<string>("subscription_status"));
        Assert.Null(await host.UserAsync<string>("stripe_customer_id"));
        Assert.Null(await host.UserAsync<string>("subscription_id"));
        Assert.Equal(0L, await host.QueryAsync<long>("SELECT count(*) FROM billing.subscriptions"));
    }

    [Fact]
    public async Task Billing_is_refused_by_name_where_there_is_nothing_to_sell_or_to_manage()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await ImportCsvHost.RefusedAsync(await CheckoutAsync(client, new { tier = "free" }), 400, "unknown_tier");
        await ImportCsvHost.RefusedAsync(await CheckoutAsync(client, new { tier = "gold" }), 400, "unknown_tier");
        await ImportCsvHost.RefusedAsync(
            await CheckoutAsync(client, new { tier = "pro", seats = 3 }),
            400,
            "invalid_request"
        );
        await ImportCsvHost.RefusedAsync(
            await client.PostAsync(new Uri("/api/v1/billing/portal", UriKind.Relative), content: null, Token),
            409,
            "no_customer"
        );
        await host.BuyAsync(client, "pro");
        await ImportCsvHost.RefusedAsync(await CheckoutAsync(client, new { tier = "pro" }), 409, "nothing_to_change");
        await host.FailRenewalAsync();
        await ImportCsvHost.RefusedAsync(
            await CheckoutAsync(client, new { tier = "business" }),
            409,
            "payment_outstanding"
        );
    }

    [Fact]
    public async Task Who_has_a_subscription_is_led_to_the_portal_to_confirm_the_other_tier_and_never_pays_twice()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        var answer = await ImportCsvHost.Json(await CheckoutAsync(client, new { tier = "business" }));
        using var visitor = new HttpClient();
        var page = await visitor.GetStringAsync(answer.GetProperty("url").GetString(), Token);
        Assert.Contains("Confirm your update", page, StringComparison.Ordinal);
        Assert.Contains("$149.00", page, StringComparison.Ordinal);
        Assert.Equal("pro", await host.UserAsync<string>("subscription_tier"));
        var subscriptions = await host.Stripe.GetAsync("/v1/subscriptions?status=all");
        Assert.Equal(1, subscriptions.GetProperty("data").GetArrayLength());
    }

    private static Task<HttpResponseMessage> CheckoutAsync(HttpClient client, object body) =>
        client.PostAsJsonAsync("/api/v1/billing/checkout", body, Token);

    private static Task<HttpResponseMessage> LogInAsync(HttpClient client, string password) =>
        client.PostAsJsonAsync("/api/auth/login", new { email = ImportCsvHost.Owner, password }, Token);

    private static Task<HttpResponseMessage> SignUpAsync(HttpClient client, string email) =>
        client.PostAsJsonAsync("/api/auth/sign-up", new { email, password = "long-enough-words" }, Token);

    private static async Task SignUpRefusedAsync(HttpClient client, string email, string password, string code) =>
        await ImportCsvHost.RefusedAsync(
            await client.PostAsJsonAsync("/api/auth/sign-up", new { email, password }, Token),
            400,
            code
        );
}
