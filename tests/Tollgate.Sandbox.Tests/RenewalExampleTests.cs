using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Testing;

namespace Tollgate.Sandbox.Tests;

/// <summary>The example of the documentation: <see cref="ExampleTests"/> keeps the two alike.</summary>
public sealed class RenewalExampleTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renewal_that_is_declined_is_paid_by_the_retry_a_day_later()
    {
        sandbox.Chaos.Add(new ChaosRule(Fault.Drop) { EventTypes = ["invoice.*"], Probability = 0.2 });
        sandbox.Chaos.Add(new ChaosRule(Fault.RateLimit) { Path = "/v1/subscriptions/*", Times = 1 });
        var customer = await PostAsync(
            "customers",
            "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"
        );
        var product = await PostAsync("products", "name=Team");
        var price = await PostAsync(
            "prices",
            $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=week"
        );
        var subscription = await PostAsync("subscriptions", $"customer={customer}&items[0][price]={price}");

        sandbox.Cards.Add(customer, CardOutcome.Decline("insufficient_funds"), CardOutcome.Succeed);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(7.5));
        var limited = await sandbox.Api.GetAsync($"/v1/subscriptions/{subscription}", Token);
        Assert.Equal(429, (int)limited.StatusCode);
        Assert.Equal(1, sandbox.Chaos.Count(Fault.RateLimit));
        Assert.Equal("past_due", await StatusAsync(subscription));

        await sandbox.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("active", await StatusAsync(subscription));
        sandbox.Calm();
    }

    private async Task<string> StatusAsync(string subscription)
    {
        var body = await sandbox.Api.GetFromJsonAsync<JsonElement>($"/v1/subscriptions/{subscription}", Token);
        return body.GetProperty("status").GetString()!;
    }

    private async Task<string> PostAsync(string path, string form)
    {
        using var content = new StringContent(form);
        var answer = await sandbox.Api.PostAsync($"/v1/{path}", content, Token);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        return body.GetProperty("id").GetString()!;
    }
}
