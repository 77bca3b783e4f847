using System.Net;
using System.Text.Json;
using Tollgate.IntegrationTests.Scenarios;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>A yearly change whose payment the bank asks about waits, and comes with the money or not at all.</summary>
public sealed class ConfirmedChangeTests
{
    private const string AlwaysAsks = "4000002760003184";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_seats_wait_for_the_banks_page_and_are_there_when_it_was_passed()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await AskedAsync(hydra);
        var (accepted, answer) = await AskForSeatsAsync(owner);
        Assert.Equal("requires_action", answer.GetProperty("status").GetString());
        var page = answer.GetProperty("payment_url").GetString()!;

        // nothing is changed, and nobody is in grace
        await PendingBecomesAsync(owner, seats: 5);
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));
        Assert.Equal("active", await hydra.TenantAsync<string>("stripe_subscription_status"));
        Assert.True(await hydra.TenantAsync<bool>("past_due_since IS NULL"));
        var pending = (await StatusAsync(owner)).GetProperty("pending_change");
        Assert.Equal(("team_annual", page), (Text(pending, "price_id"), Text(pending, "payment_url")));
        using var member = await hydra.SignInAsync("member@acme.test");
        var seen = (await StatusAsync(member)).GetProperty("pending_change");
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("payment_url").ValueKind);

        // said twice it waits once, and another change has to wait too
        var again = await PreviewAsync(owner, "seats", accepted);
        Assert.Equal(page, Text(again, "payment_url"));
        await RefusedAsync(owner, "seats", new { seat_count = 9, preview = true }, 409, "change_pending");
        Assert.Equal(2, await CountInvoicesAsync(hydra));

        var path = new Uri(page).AbsolutePath;
        Assert.Equal(HttpStatusCode.OK, await SandboxStage.SendCardAsync(hydra.Stripe, path, AlwaysAsks, true));

        await SeatsBecomeAsync(hydra, 5);
        await PendingBecomesAsync(owner, seats: null);
        Assert.Equal(2, await CountInvoicesAsync(hydra));
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", accepted));
        await AppliedAsQuotedAsync(hydra);
    }

    [Fact]
    public async Task Another_plan_that_nobody_confirms_is_forgotten_and_can_be_asked_for_again()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await AskedAsync(hydra);
        var shown = await PreviewAsync(owner, "upgrade", new { price_id = "business_annual", preview = true });
        var answer = await PreviewAsync(owner, "upgrade", PlanOf(shown, "business_annual"));
        Assert.Equal("requires_action", Text(answer, "status"));
        await PendingBecomesAsync(owner, seats: 3);

        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromHours(24), Token);

        await PendingBecomesAsync(owner, seats: null);
        Assert.Equal("team", await hydra.TenantAsync<string>("plan_tier"));
        Assert.Equal("void", (await InvoicesAsync(hydra))[0].GetProperty("status").GetString());
        await PreviewAsync(owner, "upgrade", new { price_id = "business_annual", preview = true });
    }

    [Fact]
    public async Task What_waits_is_taken_back_and_leaves_nothing_to_pay()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await AskedAsync(hydra);
        await AskForSeatsAsync(owner);
        await PendingBecomesAsync(owner, seats: 5);

        Assert.Equal(HttpStatusCode.OK, (await owner.DeleteAsync("/api/billing/upgrade", Token)).StatusCode);

        await PendingBecomesAsync(owner, seats: null);
        Assert.Equal("void", (await InvoicesAsync(hydra))[0].GetProperty("status").GetString());
        Assert.Equal(3, await hydra.TenantAsync<int>("stripe_seat_count"));
        Assert.Equal(HttpStatusCode.Conflict, (await owner.DeleteAsync("/api/billing/upgrade", Token)).StatusCode);
    }

    /// <summary>On a year of Team, with a card that the bank asks about each time.</summary>
    private static async Task<HttpClient> AskedAsync(HydraHost hydra)
    {
        var owner = await SubscribedAsync(hydra, "team_annual");
        await hydra.Stripe.ChargeToAsync(
            (await hydra.TenantAsync<string>("stripe_customer_id"))!,
            (await hydra.TenantAsync<string>("stripe_subscription_id"))!,
            AlwaysAsks
        );
        await hydra.Sandbox.AdvanceAsync(TimeSpan.FromDays(30), Token);
        return owner;
    }

    private static async Task<(object Accepted, JsonElement Answer)> AskForSeatsAsync(HttpClient owner)
    {
        var shown = await PreviewAsync(owner, "seats", new { seat_count = 5, preview = true });
        var accepted = SeatsOf(shown, 5);
        return (accepted, await PreviewAsync(owner, "seats", accepted));
    }

    private static async Task<JsonElement> StatusAsync(HttpClient client) =>
        await HydraHost.Json(await client.GetAsync("/api/billing/status", Token));

    private static Task PendingBecomesAsync(HttpClient owner, int? seats) =>
        Eventually.Async(
            async () =>
            {
                var pending = (await StatusAsync(owner)).GetProperty("pending_change");
                return seats is null
                    ? pending.ValueKind == JsonValueKind.Null
                    : pending.ValueKind == JsonValueKind.Object && pending.GetProperty("seats").GetInt32() == seats;
            },
            ct: Token,
            what: $"the change that waits to be of {seats?.ToString() ?? "nothing"}"
        );

    private static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();
}
