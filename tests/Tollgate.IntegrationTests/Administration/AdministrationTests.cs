using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.IntegrationTests.Administration;

/// <summary>What administrators see over HTTP, and who they are.</summary>
public sealed class AdministrationTests
{
    private const string Admin = "admin@hydra.test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("owner@acme.test", HttpStatusCode.Forbidden)]
    [InlineData(Admin, HttpStatusCode.OK)]
    public async Task Only_administrators_are_let_in(string? email, HttpStatusCode expected)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var caller = email is null ? hydra.Anonymous() : await hydra.SignInAsync(email);
        string[] pages = ["accounts", "accounts/acme", "events", "drift", "figures", "actions"];
        foreach (var page in pages)
        {
            var answer = await caller.GetAsync($"/api/billing/admin/{page}", Token);
            Assert.Equal(expected, answer.StatusCode);
        }

        var turn = await caller.PostAsJsonAsync("/api/billing/admin/switch", new { on = true, why = "a test" }, Token);
        Assert.Equal(expected, turn.StatusCode);
    }

    [Fact]
    public async Task Who_loses_the_role_is_refused_at_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/billing/admin/accounts", Token)).StatusCode);

        await hydra.QueryAsync<object>("""DELETE FROM hydra."AspNetUserRoles" """);

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/api/billing/admin/accounts", Token)).StatusCode);
    }

    [Fact]
    public async Task Another_sites_page_cannot_act_in_an_administrators_name()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var admin = await hydra.SignInAsync(Admin);
        admin.DefaultRequestHeaders.Add("Origin", "https://evil.test");

        var answer = await admin.PostAsJsonAsync("/api/billing/admin/switch", new { on = false, why = "!" }, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("cross_site_request", (await HydraHost.Json(answer)).GetProperty("code").GetString());
        Assert.Equal(0, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.operator_actions"));
    }

    [Fact]
    public async Task An_account_is_found_by_name_id_mail_customer_and_subscription()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        using var admin = await hydra.SignInAsync(Admin);
        string[] searches =
        [
            "acme",
            "ACM",
            "billing@acme.test",
            "acme.test",
            (await hydra.TenantAsync<string>("stripe_customer_id"))!,
            (await hydra.TenantAsync<string>("stripe_subscription_id"))!,
        ];
        foreach (var search in searches)
        {
            var found = Assert.Single(await SearchAsync(admin, search));
            Assert.Equal("acme", found.GetProperty("account").GetString());
            Assert.Equal("team", found.GetProperty("tier").GetString());
            Assert.Equal(3, found.GetProperty("seats").GetInt32());
        }

        Assert.Equal(2, (await SearchAsync(admin, "billing")).Count);
        string[] misses = ["nobody", "cm", "globex | acme", "!!!", "%", "acme' | 'globex", "!nobody", "cus_none"];
        foreach (var miss in misses)
        {
            Assert.Empty(await SearchAsync(admin, miss));
        }
    }

    [Fact]
    public async Task An_account_is_opened_by_its_id_whoever_else_is_called_so()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            VALUES ('aaa', 'acme', 'a@aaa.test', clock_timestamp())
            """
        );
        using var admin = await hydra.SignInAsync(Admin);

        var opened = (await GetAsync(admin, "accounts/acme")).GetProperty("account");

        Assert.Equal("billing@acme.test", opened.GetProperty("billing_email").GetString());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await admin.GetAsync("/api/billing/admin/accounts/nobody", Token)).StatusCode
        );
    }

    [Fact]
    public async Task Accounts_come_a_page_at_a_time_in_one_statement_however_many_there_are()
    {
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            SELECT 'many-' || n, 'Many ' || n, n || '@many.test', clock_timestamp() FROM generate_series(1, 120) n
            """
        );
        using var admin = await hydra.SignInAsync(Admin);
        var seen = new List<string>();
        for (var next = ""; next is not null; )
        {
            var page = await GetAsync(admin, $"accounts?search=many&after={next}");
            seen.AddRange(
                page.GetProperty("accounts").EnumerateArray().Select(row => row.GetProperty("account").GetString()!)
            );
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    private static async Task<List<JsonElement>> SearchAsync(HttpClient admin, string search) =>
        [
            .. (await GetAsync(admin, $"accounts?search={Uri.EscapeDataString(search)}"))
                .GetProperty("accounts")
                .EnumerateArray(),
        ];

    private static Task<JsonElement> GetAsync(HttpClient admin, string page) =>
        admin.GetFromJsonAsync<JsonElement>($"/api/billing/admin/{page}", Token);
}
