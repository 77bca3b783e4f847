using Microsoft.Extensions.DependencyInjection;
using Tollgate.Administration;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Lines of the pre-live list that are good on a fresh checkout are shown to fail when they should.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DROP INDEX billing.accounts_by_customer CASCADE", "index for look-up by customer")]
    [InlineData("DROP INDEX billing.subscriptions_by_subscription CASCADE", "index for look-up by subscription")]
    [InlineData("DROP INDEX billing.meters_due", "index for look-up by due reset")]
    public async Task An_index_that_is_missing_is_named(string broken, string finding)
    {
        await using var hydra = await HydraHost.StartAsync();
        await ExecuteAsync(hydra, broken);

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        Assert.Contains($"FAILS  {finding}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_with_how_much()
    {
        await using var hydra = await HydraHost.StartAsync();
        var late = new LateTime(TimeSpan.FromMinutes(10));
        var check = ActivatorUtilities.CreateInstance<StripeCheck>(hydra.Service<IServiceProvider>(), late);

        var clock = (await check.RunAsync(Token)).Single(finding => finding.Name == "clock");

        Assert.Equal(FindingOutcome.Fails, clock.Outcome);
        Assert.Contains("signatures are refused from 300 s on", clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portal_and_features_that_differ_and_an_endpoint_without_all_events_are_named()
    {
        await using var hydra = await HydraHost.StartAsync();
        var product = await FirstAsync(hydra, "products");
        var attached = await FirstAsync(hydra, $"products/{product}/features");
        await hydra.Stripe.DeleteAsync($"/v1/products/{product}/features/{attached}");
        await hydra.Stripe.PostAsync(
            $"/v1/billing_portal/configurations/{await FirstAsync(hydra, "billing_portal/configurations")}",
            ("features[invoice_history][enabled]", "false")
        );
        await hydra.Stripe.PostAsync(
            $"/v1/webhook_endpoints/{await FirstAsync(hydra, "webhook_endpoints")}",
            ("enabled_events[]", "invoice.paid")
        );

        var (code, output) = await hydra.CommandAsync("doctor");

        Assert.Equal(1, code);
        var wrong = output.Split('\n').Where(line => line.StartsWith("FAILS", StringComparison.Ordinal)).ToList();
        Assert.Contains(wrong, line => line.Contains("grants", StringComparison.Ordinal));
        Assert.Contains(wrong, line => line.Contains("portal", StringComparison.Ordinal));
        Assert.Contains(wrong, line => line.Contains("webhook endpoint", StringComparison.Ordinal));
    }

    private static async Task<string> FirstAsync(HydraHost hydra, string what) =>
        (await hydra.Stripe.GetAsync($"/v1/{what}")).GetProperty("data")[0].GetProperty("id").GetString()!;

    private sealed class LateTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }
}
