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

    private readonly IStage stage;
    private readonly HttpClient owner;

    private Scenario(IStage stage, HttpClient owner)
    {
        this.stage = stage;
        this.owner = owner;
    }

    public HydraHost Hydra => stage.Hydra;

    /// <summary>Stripe's API as a developer with the secret key sees it.</summary>
    public SandboxApi Stripe => stage.Stripe;

    /// <summary>By Stripe's clock.</summary>
    public DateTime Now => stage.Now.UtcDateTime;

    /// <summary>Acme at Stripe; null before the first checkout.</summary>
    public string? Customer { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A tenant that has done nothing yet.</summary>
    public static async Task<Scenario> BeginsAsync(OpenStage open)
    {
        var opened = await open();
        var scenario = new Scenario(opened, await opened.Hydra.SignInAsync());
        await scenario.RowIsAsync(TenantRow.New);
        return scenario;
    }

    /// <summary>A tenant that has bought Team and uses it, with the row that this leaves.</summary>
    public static async Task<(Scenario Scenario, TenantRow Row)> BeginsPaidAsync(
        OpenStage open,
        string price = "team_monthly"
    )
    {
        var scenario = await BeginsAsync(open);
        var session = await scenario.OpenCheckoutAsync(price);
        Assert.Equal(HttpStatusCode.OK, await scenario.PayAsync(session, GoodCard));
        var row = await scenario.BoughtAsync(TenantRow.New, price);
        await scenario.TeamAnswersAsync(200);
        return (scenario, row);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await stage.DisposeAsync();
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
        await stage.DeliveredAsync();
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
        var session = new Uri(opened.GetProperty("checkout_url").GetString()!).Segments[^1];
        Customer = (await Stripe.GetAsync($"/v1/checkout/sessions/{session}")).GetProperty("customer").GetString();
        return session;
    }

    /// <summary>The answer to the card of the page of Checkout.</summary>
    public Task<HttpStatusCode> PayAsync(string session, string card, bool isAuthenticated = false) =>
        stage.PayAsync(session, card, isAuthenticated);

    /// <summary>From now on the subscription is charged to this card.</summary>
    public Task ChargeToAsync(TenantRow row, string card) =>
        stage.ChargeToAsync(row.Customer!, row.Subscription!, card);

    public async Task<JsonElement> AskAsync(string what, object body)
    {
        var answer = await owner.PostAsJsonAsync($"/api/billing/{what}", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return await HydraHost.Json(answer);
    }

    /// <summary>What Hydra answers to a run, or to the use of a feature.</summary>
    private async Task<(int Status, string? Code)> UseAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        var answer = await owner.SendAsync(request, Token);
        var code = answer.IsSuccessStatusCode ? null : (await HydraHost.Json(answer)).GetProperty("code").GetString();
        return ((int)answer.StatusCode, code);
    }

    /// <summary>A feature that Team has. A gate is invalidated a moment after the row has it.</summary>
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
        await Stripe.GetAsync($"/v1/subscriptions/{row.Subscription}");

    /// <summary>What Stripe lists of Acme, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string what, params (string Name, string Value)[] filter)
    {
        // events are the only list that knows no customer
        IEnumerable<(string Name, string Value)> asked =
            what == "events" ? filter : [("customer", Customer!), .. filter];
        var query = string.Join('&', asked.Select(field => $"{field.Name}={field.Value}"));
        return [.. (await Stripe.GetAsync($"/v1/{what}?{query}")).GetProperty("data").EnumerateArray()];
    }

    public Task AdvanceAsync(TimeSpan by) => AdvanceToAsync(Now + by);

    public Task AdvanceToAsync(DateTime to) => stage.AdvanceAsync(new DateTimeOffset(to));

    /// <summary>To the renewal and the hour between its draft invoice and the charge.</summary>
    public Task RenewAsync(TenantRow row) => AdvanceToAsync(row.PeriodEnd!.Value + TimeSpan.FromMinutes(61));

    public static DateTime EndOf(JsonElement subscription) =>
        DateTimeOffset
            .FromUnixTimeSeconds(
                subscription.GetProperty("items").GetProperty("data")[0].GetProperty("current_period_end").GetInt64()
            )
            .UtcDateTime;

    public Task<DateTime?> PastDueSinceAsync() => Hydra.TenantAsync<DateTime?>("past_due_since");
}
