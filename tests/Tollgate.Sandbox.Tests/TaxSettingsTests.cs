using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>What Stripe Tax knows of the account.</summary>
public sealed class TaxSettingsTests
{
    private const string Path = "/v1/tax/settings";

    [Fact]
    public async Task Settings_are_pending_until_the_head_office_is_named()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var pending = await sandbox.GetAsync(Path);
        Assert.Equal("pending", pending["status"]);
        Assert.Equal("head_office", pending["status_details.pending.missing_fields.0"]);

        await sandbox.PostAsync(Path, "defaults[tax_behavior]=exclusive");
        Assert.Equal("pending", (await sandbox.GetAsync(Path))["status"]);
        await sandbox.PostAsync(Path, "head_office[address][country]=DE");

        var active = await sandbox.GetAsync(Path);
        Assert.Equal("active", active["status"]);
        Assert.Equal("DE", active["head_office.address.country"]);
        Assert.Equal("exclusive", active["defaults.tax_behavior"]);
        Assert.Empty((await sandbox.GetAsync("/v1/tax/registrations", "status=active")).Data);
        await sandbox.RefusedAsync(400, HttpMethod.Post, Path, "head_office[city]=Berlin");
    }
}
