using System.Net;
using Tollgate.Testing;
using static Tollgate.IntegrationTests.Hydra.Changing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Previews show all of the money, and change nothing.</summary>
public sealed class PreviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_beyond_the_ten_that_Stripe_embeds_are_shown_too_and_add_up()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        for (var seats = 4; seats < 11; seats++)
        {
            await hydra.Sandbox.AdvanceAsync(TimeSpan.FromHours(9), Token);
            var shown = await PreviewAsync(owner, "seats", new { seat_count = seats, preview = true });
            Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "seats", SeatsOf(shown, seats)));
        }

        var preview = await PreviewAsync(owner, "seats", new { seat_count = 20, preview = true });

        var lines = preview.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("amount").GetInt64());
        Assert.Equal(2 * 8 + 1, lines.Count());
        Assert.Equal(preview.GetProperty("amount_due").GetInt64(), lines.Sum());
    }

    [Fact]
    public async Task A_preview_writes_nothing_at_Stripe_though_a_schedule_has_done_its_work()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await SubscribedAsync(hydra, "team_monthly");
        var end = await hydra.TenantAsync<DateTime>("stripe_current_period_end");
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(owner, "upgrade", AtPeriodEnd("team_annual", preview: false)));
        await hydra.Sandbox.AdvanceAsync(
            end - hydra.Sandbox.Clock.GetUtcNow().UtcDateTime + TimeSpan.FromHours(2),
            Token
        );
        await Eventually.Async(
            async () => await hydra.TenantAsync<DateTime>("stripe_current_period_end") > end,
            ct: Token,
            what: "the year to have begun"
        );
        var before = (await RequestsAsync(hydra)).Count;

        await PreviewAsync(owner, "seats", new { seat_count = 4, preview = true });
        await PreviewAsync(owner, "upgrade", new { price_id = "business_annual", preview = true });
        await PreviewAsync(owner, "upgrade", AtPeriodEnd("team_monthly", preview: true));

        var asked = (await RequestsAsync(hydra)).SkipLast(before).ToList();
        Assert.Contains("POST /v1/invoices/create_preview", asked);
        Assert.All(
            asked.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal)),
            request => Assert.Equal("POST /v1/invoices/create_preview", request)
        );

        // and what stands in the way is let go of when the next change is arranged
        Assert.Equal(
            HttpStatusCode.OK,
            await ApplyAsync(owner, "upgrade", AtPeriodEnd("team_monthly", preview: false))
        );
    }

    private static object AtPeriodEnd(string price, bool preview) =>
        new
        {
            price_id = price,
            preview,
            effective = "period_end",
        };
}
