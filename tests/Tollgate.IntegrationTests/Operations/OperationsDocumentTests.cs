using System.Text.Json;
using Tollgate.Reconciliation;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Operations;

/// <summary>
/// Every command that an operations document has people type is typed, and shows what the document says.
/// </summary>
public sealed class OperationsDocumentTests
{
    private const string NoLogs = "--Logging:LogLevel:Default=None";

    private const string Tenants =
        "SELECT string_agg(tenant::text, E'\n' ORDER BY tenant_id) FROM public.tenants tenant";

    private static readonly string[] Walked =
    [
        "go-live.md",
        "roll-back.md",
        "runbook-cannot-cancel.md",
        "runbook-double-billing.md",
        "runbook-endpoint-failing.md",
        "runbook-paid-no-access.md",
        "runbook-proration-mismatch.md",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_document_with_commands_to_type_is_walked() =>
        Assert.Equal(
            Walked,
            Directory
                .EnumerateFiles(DocumentWalk.Folder, "*.md")
                .Where(file => File.ReadAllText(file).Contains("```console", StringComparison.Ordinal))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Go_live()
    {
        await using var resend = await Notifications.FakeResend.StartAsync();
        await using var hydra = await HydraHost.StartAsync([NoLogs, .. resend.Settings]);
        using var owner = await hydra.SignInAsync();
        var settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, "STRIPE_PORTAL_CONFIG_ID=bpc_of_the_test_environment", Token);
        var walk = new DocumentWalk(hydra, "go-live.md");
        walk.Means("test.env", settings);

        await walk.Before(3, hydra.Stripe.MuteAsync)
            .Before(
                7,
                async () =>
                {
                    // the endpoint of step 3 has a secret that this host was not started with
                    await hydra.BuyAsync(owner);
                    await CaughtUpAsync(hydra);
                    await hydra.TierBecomesAsync("team");
                    await MailIsSentAsync(hydra);
                    walk.Means("TENANT", "acme");
                    walk.Means("CUSTOMER", (await hydra.TenantAsync<string>("stripe_customer_id"))!);
                    walk.Means("PAYMENT", await PaymentAsync(hydra));
                }
            )
            .Before(8, hydra.QuietAsync)
            .RunAsync();
        File.Delete(settings);
    }

    [Fact]
    public async Task Roll_back()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await CaughtUpAsync(hydra);
        var walk = new DocumentWalk(hydra, "roll-back.md");
        var endpoints = await hydra.Stripe.GetAsync("/v1/webhook_endpoints");
        walk.Means("ENDPOINT", endpoints.GetProperty("data")[0].GetProperty("id").GetString()!);

        var backup = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.sql");
        walk.Means("billing.backup", backup);
        await hydra.QuietAsync();
        var before = await hydra.QueryAsync<string>(Tenants);
        Assert.Contains("sub_", before, StringComparison.Ordinal);

        await walk.Before(2, hydra.QuietAsync).Before(4, hydra.QuietAsync).RunAsync();

        // what the backup kept is back, and the tenant that paid has what it paid for
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal(before, await hydra.QueryAsync<string>(Tenants));
        File.Delete(backup);
    }

    [Fact]
    public async Task Paid_but_no_access()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await hydra.SignInAsync();
        await CaughtUpAsync(hydra);
        // an event of a free account, so that step 1 has something to show
        await hydra.BuyAsync(owner);
        await hydra.TierBecomesAsync("team");
        await ExecuteAsync(
            hydra,
            """
            UPDATE billing.subscriptions SET plan = NULL, status = 'incomplete', paid_through = NULL;
            SELECT pg_notify('tollgate_accounts', 'acme')
            """
        );
        var walk = new DocumentWalk(hydra, "runbook-paid-no-access.md");

        await walk.Before(2, () => MissedAsync(hydra)).Before(3, () => DiesAsync(hydra, walk)).RunAsync();
    }

    [Fact]
    public async Task Endpoint_failing()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await CaughtUpAsync(hydra);
        var walk = new DocumentWalk(hydra, "runbook-endpoint-failing.md");

        await walk.Before(3, () => DiesAsync(hydra, walk)).RunAsync();
    }

    [Fact]
    public async Task Double_billing()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        await CaughtUpAsync(hydra);
        var walk = new DocumentWalk(hydra, "runbook-double-billing.md");
        var second = await SubscribeAgainAsync(hydra);
        walk.Means("SECOND", second.GetProperty("id").GetString()!);
        walk.Means("PAYMENT", await PaymentAsync(hydra));

        await walk.RunAsync();
    }

    [Fact]
    public async Task Proration_mismatch()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await SubscribedAsync(hydra, "team_annual");
        var preview = await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });
        await ApplyAsync(owner, "seats", SeatsOf(preview, 5));
        await AppliedAsQuotedAsync(hydra);
        await ExecuteAsync(hydra, "UPDATE billing.quotes SET applied_amount = applied_amount + 100");
        await hydra.QuietAsync();
        var walk = new DocumentWalk(hydra, "runbook-proration-mismatch.md");
        walk.Means("PAYMENT", await PaymentAsync(hydra));

        await walk.RunAsync();
    }

    [Fact]
    public async Task Cannot_cancel()
    {
        await using var hydra = await HydraHost.StartAsync(NoLogs);
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var walk = new DocumentWalk(hydra, "runbook-cannot-cancel.md");
        walk.Means("SUBSCRIPTION", (await hydra.TenantAsync<string>("stripe_subscription_id"))!);

        await walk.RunAsync();
    }

    /// <summary>The host's own catch-up, at its start, is over: one node runs it at a time.</summary>
    private static Task CaughtUpAsync(HydraHost hydra) =>
        Eventually.Async(
            async () => await hydra.Service<CatchUp>().RunAsync(Token) is not null,
            ct: Token,
            what: "the turn to catch up"
        );

    private static async Task MissedAsync(HydraHost hydra)
    {
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await ExecuteAsync(hydra, "DELETE FROM billing.inbox_payloads; DELETE FROM billing.inbox_receipts");
    }

    private static async Task DiesAsync(HydraHost hydra, DocumentWalk walk)
    {
        await hydra.Sandbox.WaitForDeliveriesAsync(Token);
        await hydra.QuietAsync();
        await ExecuteAsync(
            hydra,
            "UPDATE billing.inbox_receipts SET state = 'dead', reason = 'a bug' WHERE type = 'invoice.paid'"
        );
        walk.Means(
            "EVENT",
            (await hydra.QueryAsync<string>("SELECT event_id FROM billing.inbox_receipts WHERE state = 'dead'"))!
        );
    }

    private static Task MailIsSentAsync(HydraHost hydra) =>
        Eventually.Async(
            async () => await hydra.QueryAsync<bool>("SELECT EXISTS (SELECT FROM billing.mails WHERE state = 'sent')"),
            ct: Token
        );

    private static async Task<JsonElement> SubscribeAgainAsync(HydraHost hydra)
    {
        var customer = (await hydra.TenantAsync<string>("stripe_customer_id"))!;
        var card = await hydra.Stripe.NewCardAsync("4242424242424242");
        var attached = await hydra.Stripe.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customer));
        return await hydra.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", customer),
            ("items[0][price]", (await hydra.TenantAsync<string>("stripe_price_id"))!),
            ("default_payment_method", attached.GetProperty("id").GetString()!)
        );
    }

    private static async Task<string> PaymentAsync(HydraHost hydra)
    {
        var customer = await hydra.TenantAsync<string>("stripe_customer_id");
        var payments = await hydra.Stripe.GetAsync($"/v1/payment_intents?customer={customer}");
        return payments.GetProperty("data")[0].GetProperty("id").GetString()!;
    }
}
