using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Sandbox.Chaos;
using Tollgate.Testing;
using Tollgate.Webhooks;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class WebhookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Event(
        string id,
        string type = "customer.subscription.updated",
        string customer = "cus_unknown"
    ) =>
        $$$"""
            {"id":"{{{id}}}","object":"event","api_version":"2026-10-28.endive","created":1795237430,"livemode":false,
            "pending_webhooks":1,"request":null,"type":"{{{type}}}",
            "data":{"object":{"id":"sub_1","object":"subscription","customer":"{{{customer}}}" }
            } }
            """;

    [Fact]
    [Trait("decision", "W1")]
    public async Task A_bad_signature_is_400_and_leaves_no_row()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = hydra.Anonymous();
        var now = TimeProvider.System.GetUtcNow();
        string?[] signatures =
        [
            null,
            "",
            "t=1",
            hydra.Sign("{}", now),
            hydra.Sign(Event("evt_1"), now.AddSeconds(-301)),
        ];
        foreach (var signature in signatures)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe");
            request.Content = new StringContent(Event("evt_1"), Encoding.UTF8, "application/json");
            if (signature is not null)
            {
                request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
            }

            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request, Token)).StatusCode);
        }

        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
    }

    [Fact]
    [Trait("fault", "F06")]
    public async Task One_event_delivered_a_hundred_times_at_once_is_one_row()
    {
        await using var hydra = await HydraHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => hydra.DeliverAsync(Event("evt_same"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(Token)));
        Assert.All(bodies, body => Assert.Equal("""{"received":true}""", body));
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_payloads"));
    }

    [Fact]
    public async Task The_answers_are_only_the_legal_ones()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = hydra.Anonymous();

        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await client.GetAsync("/api/webhooks/stripe", Token)).StatusCode
        );
        var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            (await client.PostAsync("/api/webhooks/stripe", text, Token)).StatusCode
        );
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/stripe")
        {
            Content = new StringContent(new string(' ', 1024 * 1024 + 1), Encoding.UTF8, "application/json"),
        };
        large.Headers.ExpectContinue = true; // or the answer races with the body that nobody reads
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(large, Token)).StatusCode);
    }

    [Theory]
    [Trait("fault", "F26")]
    [Trait("decision", "W7")]
    [InlineData("charge.succeeded", "ignored", null)]
    [InlineData("customer.subscription.updated", "parked", "unknown_account")]
    public async Task Unknown_types_are_ignored_and_unknown_customers_parked(string type, string state, string? reason)
    {
        await using var hydra = await HydraHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(Event("evt_1", type))).StatusCode);

        await StateBecomesAsync(hydra, "evt_1", state);
        Assert.Equal(reason, await hydra.QueryAsync<string>("SELECT reason FROM billing.inbox_receipts"));
    }

    [Fact]
    [Trait("decision", "W7")]
    public async Task An_event_that_was_parked_for_over_seven_days_is_an_error_in_the_log()
    {
        var log = new ErrorLines();
        await using var hydra = await HydraHost.StartAsync();
        await hydra.QueryAsync<object>(
            """
            INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, not_before)
            VALUES ('evt_old', 'invoice.paid', 'cus_nobody', clock_timestamp() - interval '8 days', 'parked',
                clock_timestamp())
            """
        );
        var worker = ActivatorUtilities.CreateInstance<InboxWorker>(hydra.Service<IServiceProvider>(), log);

        await worker.DrainAsync(Token);
        await worker.DrainAsync(Token);

        Assert.StartsWith(
            "1 events have been parked for over 7 days",
            Assert.Single(log.Lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("fault", "F25")]
    public async Task An_event_of_the_other_mode_is_recorded_and_quarantined()
    {
        await using var hydra = await HydraHost.StartAsync();
        var live = Event("evt_live").Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(live)).StatusCode);
        await StateBecomesAsync(hydra, "evt_live", "quarantined");
    }

    [Theory]
    [Trait("abuse", "X09")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"id\":\"evt_1\",\"id\":\"evt_2\"}")]
    [InlineData("{\"id\":1e400}")]
    [InlineData("{\"id\":\"\\u0000\",\"type\":\"\\u0000\"}")]
    public async Task Whatever_is_signed_is_recorded_and_never_crashes(string body)
    {
        await using var hydra = await HydraHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(body)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hydra.DeliverAsync(body)).StatusCode);
        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts WHERE state = 'quarantined'")
        );
    }

    [Fact]
    [Trait("fault", "F57")]
    public async Task An_event_that_came_before_its_customer_was_known_is_applied_on_link()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.Stripe.MuteAsync();
        await hydra.BuyAsync(owner);
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var paid = (await hydra.Stripe.EventsAsync(customer)).First(item => item.Type == "invoice.paid").Body;
        await hydra.QueryAsync<object>(
            "UPDATE billing.accounts SET stripe_customer_id = NULL; DELETE FROM billing.stripe_bindings"
        );

        await hydra.DeliverAsync(paid);
        await StateBecomesAsync(hydra, JsonNode.Parse(paid)!["id"]!.GetValue<string>(), "parked");
        Assert.Equal("free", await hydra.TenantAsync<string>("plan_tier"));

        await hydra.QueryAsync<object>(
            $"""
            INSERT INTO billing.stripe_bindings (stripe_id, account_id, bound_at)
            VALUES ('{customer}', 'acme', clock_timestamp());
            UPDATE billing.accounts SET stripe_customer_id = '{customer}' WHERE account_id = 'acme'
            """
        );
        await hydra.TierBecomesAsync("team");
        await StateBecomesAsync(hydra, JsonNode.Parse(paid)!["id"]!.GetValue<string>(), "applied");
    }

    [Fact]
    [Trait("fault", "F37")]
    public async Task An_answer_that_is_older_than_the_event_is_not_believed_and_stripe_is_asked_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await hydra.FailRenewalAsync();
        await hydra.QuietAsync();
        await hydra.Stripe.MuteAsync();
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var subscription = (await hydra.TenantAsync<string>("stripe_subscription_id"))!;
        await hydra.Stripe.ChargeToAsync(customer, subscription, "4242424242424242");
        var latest = (await hydra.Stripe.GetAsync($"/v1/subscriptions/{subscription}")).GetProperty("latest_invoice");
        hydra.Sandbox.Chaos.Add(new ChaosRule(Fault.StaleRead) { Path = "/v1/subscriptions", Times = 3 });
        await hydra.Stripe.PostAsync($"/v1/invoices/{latest.GetString()}/pay");
        var paid = (await hydra.Stripe.EventsAsync(customer)).Last(item => item.Type == "invoice.paid").Body;

        await hydra.DeliverAsync(paid);

        await hydra.StatusBecomesAsync("active");
        Assert.Equal(3, hydra.Sandbox.Chaos.Count(Fault.StaleRead));
        var id = JsonNode.Parse(paid)!["id"]!.GetValue<string>();
        Assert.True(
            await hydra.QueryAsync<int>($"SELECT attempts FROM billing.inbox_receipts WHERE event_id = '{id}'") > 1
        );
    }

    private static Task StateBecomesAsync(HydraHost hydra, string eventId, string state) =>
        Eventually.Async(
            async () =>
                await hydra.QueryAsync<string>($"SELECT state FROM billing.inbox_receipts WHERE event_id = '{eventId}'")
                == state,
            what: $"{eventId} to be {state}"
        );

    private sealed class ErrorLines : ILogger<InboxWorker>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                Lines.Add(formatter(state, exception));
            }
        }
    }
}
