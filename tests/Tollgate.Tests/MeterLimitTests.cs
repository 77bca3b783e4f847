using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Tests;

/// <summary>What a caller reads at a limit: by the plan's own name, in the host's own words.</summary>
public sealed class MeterLimitTests
{
    private static readonly Uri Upgrade = new("https://app.some.test/billing/upgrade");

    private static readonly Meter Export = new("export", "Exports", "exports", "exports", TimeSpan.FromDays(30))
    {
        Noun = new("export", "exports"),
    };

    private static readonly MeterUse Use = new(Export, 10, 10, Some.PeriodEnd);

    [Fact]
    public void A_paid_plan_s_limit_is_shown_with_the_plan_and_never_as_the_free_one()
    {
        var reached = new UsageLimitReached(new Plan("starter", "Starter"), Use, Upgrade);

        Assert.Equal(("usage_limit_reached", 402), (reached.Code, reached.HttpStatus));
        Assert.Equal("The limit of Starter is reached.", reached.Title);
        Assert.Equal(
            [
                new("plan", "starter"),
                new("meter", "export"),
                new("used", 10),
                new("limit", 10),
                new("reset_at", Some.PeriodEnd),
                new("upgrade_url", "https://app.some.test/billing/upgrade"),
            ],
            reached.Members
        );
    }

    [Fact]
    public void A_plan_is_only_promised_where_it_has_more()
    {
        const string Starts =
            "Exports: all 10 of this window are used or running. It starts again on 1 December 2026 (UTC)";
        var pro = new Plan("pro", "Pro") { Limits = new Dictionary<string, int> { ["export"] = 500 } };

        Assert.Equal($"{Starts}.", Use.Detail);
        Assert.Equal($"{Starts}; Pro has 500 exports from the first moment.", (Use with { PlanWithMore = pro }).Detail);
        Assert.Equal(
            $"{Starts}; Max has no limit, from the first moment.",
            (Use with { PlanWithMore = new Plan("max", "Max") }).Detail
        );
    }

    [Fact]
    public void A_host_s_own_member_stands_beside_meter()
    {
        var reached = new FreeTierLimitReached(Use, Upgrade) { MeterMember = "workflow_type" };

        Assert.Equal("free_tier_limit_reached", reached.Code);
        Assert.Equal([new("meter", "export"), new("workflow_type", "export")], reached.Members.Take(2));
    }

    [Fact]
    public void Who_sits_on_a_seat_is_called_as_the_host_calls_them()
    {
        var pilots = new SeatsBelowActive(3, new Noun("pilot", "pilots"));

        Assert.Equal("More pilots are active than that.", pilots.Title);
        Assert.Equal("3 pilots are active today, so 3 seats are the least.", pilots.Detail);
        Assert.Equal(
            "1 pilot is active today, so 1 seat is the least.",
            new SeatsBelowActive(1, new Noun("pilot", "pilots")).Detail
        );
    }
}
