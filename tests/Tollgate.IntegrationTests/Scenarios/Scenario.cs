using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Catalog;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>
/// Acme's owner at Hydra over HTTP, their card at Stripe's pages, time by Stripe's clock, and the row of
/// <c>tenants</c> after each step.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    public const string GoodCard = "4242424242424242";

    private Scenario(HydraHost hydra, HttpClient owner)
    {
        Hydra = hydra;
        Owner = owner;
    }

    public HydraHost Hydra { get; }

    public HttpClient Owner { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A tenant that has done nothing yet.</summary>
    public static async Task<Scenario> BeginsAsync()
    {
        var hydra = await HydraHost.StartAsync();
        var scenario = new Scenario(hydra, await hydra.SignInAsync());
        await scenario.RowIsAsync(TenantRow.New);
        return scenario;
    }

    /// <summary>A tenant that has bought Team and uses it, with the row that this leaves.</summary>
    public static async Task<(Scenario Scenario, TenantRow Row)> BeginsPaidAsync(string price = "team_monthly")
    {
        var scenario = await BeginsAsync();
        var session = await scenario.OpenCheckoutAsync(price);
        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, GoodCard));
        var row = await scenario.BoughtAsync(TenantRow.New, price);
        await scenario.TeamAnswersAsync(200);
        return (scenario, row);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Hydra.DisposeAsync();
    }

    /// <summary>Waits until the row is this one, all eleven columns at once.</summary>
    public async Task RowIsAsync(TenantRow expected)
    {
        TenantRow? row = null;
        try
        {
            await Eventually.Async(async () => (row = await TenantRow.ReadAsync(Hydra, Token)) == expected, ct: Token);
        }
        catch (TimeoutException)
        {
            Assert.Equal(expected, row); // says which column differs
        }
    }

    /// <summary>Until all that was delivered is applied, and the row is still this one.</summary>
    public async Task RowStaysAsync(TenantRow expected)
    {
        await Hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await Hydra.QuietAsync();
        await RowIsAsync(expected);
    }

    /// <summary>The row of whoever has just paid: ids and the end of the period as Stripe has them.</summary>
    public async Task<TenantRow> BoughtAsync(TenantRow before, string price, int seats = 3)
    {
        var subscription = Assert.Single(await ListAsync("subscriptions"));
        var row = before with
        {
            Customer = subscription.GetProperty("customer").GetString(),
            Subscription = subscription.GetProperty("id").GetString(),
            Status = "active",
            Price = PriceId(price),
            PeriodEnd = EndOf(subscription),
            Seats = seats,
            PlanTier = price.Split('_')[0],
        };
        await RowIsAsync(row);
        return row;
    }

    public string PriceId(string alias)
    {
        Assert.True(Hydra.Service<PriceBook>().TryFindForSale(alias, out var sold));
        return sold!.StripeId;
    }

    /// <returns>The session's id.</returns>
    public async Task<string> OpenCheckoutAsync(string price, int seats = 3)
    {
        var opened = await AskAsync("checkout", new { price_id = price, seat_count = seats });
        return new Uri(opened.GetProperty("checkout_url").GetString()!).Segments[^1];
    }

    /// <summary>The card form of Stripe's page.</summary>
    public async Task<HttpStatusCode> PayAsync(string session, string card, bool isAuthenticated = false) =>
        (await SendCardAsync($"/c/pay/{session}", card, isAuthenticated)).StatusCode;

    public Task<HttpResponseMessage> SendCardAsync(string page, string card, bool isAuthenticated) =>
        Hydra.Stripe.PostRawAsync(
            page,
            ("number", card),
            ("expiry", "12 / 34"),
            ("cvc", "123"),
            ("name", "Ada"),
            ("authenticated", isAuthenticated ? "true" : "false")
        );

    public async Task<JsonElement> AskAsync(string what, object body)
    {
        var answer = await Owner.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await HydraHost.Json(answer);
    }

    /// <summary>What Hydra answers to a run, or to the use of a feature.</summary>
    private async Task<(int Status, string? Code)> UseAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        var answer = await Owner.SendAsync(request, Token);
        var code = answer.IsSuccessStatusCode ? null : (await HydraHost.Json(answer)).GetProperty("code").GetString();
        return ((int)answer.StatusCode, code);
    }

    /// <summary>A feature that Team has. A gate hears of a change a moment after the row has it.</summary>
    public Task TeamAnswersAsync(int status, string? code = null) =>
        AnswersAsync((status, code), HttpMethod.Put, "/api/agent-rules", new { text = "Be brief." });

    /// <summary>A feature that Business has and Team has not.</summary>
    public Task BusinessAnswersAsync(int status, string? code = null) =>
        AnswersAsync((status, code), HttpMethod.Post, "/api/jira/issues", new { title = "A test fails" });

    private Task AnswersAsync((int, string?) expected, HttpMethod method, string path, object body) =>
        Eventually.Async(
            async () => await UseAsync(method, path, body) == expected,
            ct: Token,
            what: $"{path} to answer {expected}"
        );

    /// <summary>Team's feature is open at this moment, without any waiting.</summary>
    public async Task TeamStaysOpenAsync() =>
        Assert.Equal((200, null), await UseAsync(HttpMethod.Put, "/api/agent-rules", new { text = "Be brief." }));

    public Task<(int Status, string? Code)> RunAsync(string workflow) =>
        UseAsync(HttpMethod.Post, $"/api/workflows/{workflow}/runs");

    public async Task<JsonElement> SubscriptionAsync(TenantRow row) =>
        await Hydra.Stripe.GetAsync($"/v1/subscriptions/{row.Subscription}");

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string what) =>
        [.. (await Hydra.Stripe.GetAsync($"/v1/{what}")).GetProperty("data").EnumerateArray()];

    public Task AdvanceAsync(TimeSpan by) => Hydra.Sandbox.AdvanceAsync(by, Token);

    /// <summary>To the renewal and the hour between its draft invoice and the charge.</summary>
    public Task RenewAsync(TenantRow row) =>
        AdvanceAsync(row.PeriodEnd!.Value + TimeSpan.FromMinutes(61) - Hydra.Sandbox.Clock.GetUtcNow().UtcDateTime);

    public static DateTime EndOf(JsonElement subscription) =>
        DateTimeOffset
            .FromUnixTimeSeconds(
                subscription.GetProperty("items").GetProperty("data")[0].GetProperty("current_period_end").GetInt64()
            )
            .UtcDateTime;

    public Task<DateTime?> PastDueSinceAsync() => Hydra.TenantAsync<DateTime?>("past_due_since");
}
