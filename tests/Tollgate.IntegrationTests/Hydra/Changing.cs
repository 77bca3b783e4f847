using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Catalog;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The words in which tests change a subscription.</summary>
internal static partial class Changing
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HttpClient> SubscribedAsync(HydraHost hydra, string price)
    {
        var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner, price);
        await hydra.TierBecomesAsync("team");
        return owner;
    }

    public static object Seats(int count, object date) =>
        new
        {
            seat_count = count,
            preview = false,
            proration_date = date,
        };

    public static object SeatsOf(JsonElement preview, int count) =>
        Seats(count, preview.GetProperty("proration_date").GetInt64());

    public static object PlanOf(JsonElement preview, string price) =>
        new
        {
            price_id = price,
            preview = false,
            proration_date = preview.GetProperty("proration_date").GetInt64(),
        };

    public static async Task<JsonElement> PreviewAsync(HttpClient client, string what, object body)
    {
        var answer = await client.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await HydraHost.Json(answer);
    }

    /// <summary>What reached Stripe, the newest first: method and path of each request.</summary>
    public static async Task<IReadOnlyList<string>> RequestsAsync(HydraHost hydra)
    {
        var page = await PageAsync(new Uri(hydra.Sandbox.BaseAddress, "/requests").AbsoluteUri);
        return [.. Request().Matches(page).Select(row => row.Groups["line"].Value)];
    }

    [GeneratedRegex("""<a href="/requests/req_\w+">(?<line>[A-Z]+ [^<]+)</a>""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Request();

    public static async Task<HttpStatusCode> ApplyAsync(HttpClient client, string what, object body) =>
        (await client.PostAsJsonAsync($"/api/billing/{what}", body, Token)).StatusCode;

    public static async Task RefusedAsync(HttpClient client, string what, object body, int status, string code)
    {
        var answer = await client.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        var problem = await HydraHost.Json(answer);
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
    }

    public static async Task<string> PortalAsync(HttpClient client) =>
        (await PreviewAsync(client, "portal", new { })).GetProperty("portal_url").GetString()!;

    public static async Task<string> PageAsync(string url)
    {
        using var browser = new HttpClient();
        return await browser.GetStringAsync(url, Token);
    }

    /// <summary>Stripe's id of a price that is sold.</summary>
    public static string PriceId(HydraHost hydra, string alias) =>
        hydra.Service<PriceBook>().TryFindForSale(alias, out var price)
            ? price.StripeId
            : throw new ArgumentException($"{alias} is not sold.", nameof(alias));

    public static Task SeatsBecomeAsync(HydraHost hydra, int seats) =>
        Eventually.Async(
            async () => await hydra.TenantAsync<int>("stripe_seat_count") == seats,
            what: $"acme to have {seats} seats"
        );

    public static async Task ChangeAtStripeAsync(HydraHost hydra, params (string, string)[] form)
    {
        var subscription = await hydra.TenantAsync<string>("stripe_subscription_id");
        var now = await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}");
        var item = now.GetProperty("items").GetProperty("data")[0].GetProperty("id").GetString()!;
        await hydra.Stripe.PostAsync($"/v1/subscriptions/{subscription}", [("items[0][id]", item), .. form]);
    }

    public static async Task<IReadOnlyList<JsonElement>> InvoicesAsync(HydraHost hydra)
    {
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        var listed = await hydra.Stripe.GetAsync($"/v1/invoices?customer={customer}&limit=100");
        return [.. listed.GetProperty("data").EnumerateArray()];
    }

    public static async Task<int> CountInvoicesAsync(HydraHost hydra) => (await InvoicesAsync(hydra)).Count;

    public static async Task AppliedAsQuotedAsync(HydraHost hydra) =>
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                "SELECT count(*) FROM billing.quotes WHERE state = 'Applied' AND applied_amount = amount_due"
            )
        );

    public static async Task ExecuteAsync(HydraHost hydra, string sql)
    {
        await using var command = hydra.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
