using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A test clock whose time lies after the Sandbox's own.</summary>
public sealed class TestClockAheadTests
{
    private const string Clocks = "/v1/test_helpers/test_clocks";
    private const long Today = 1_795_237_430;
    private const long Month = 30 * 24 * 3600;

    [Fact]
    public async Task Clock_that_is_ahead_of_Sandbox_time_is_advanced_again()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(DateTimeOffset.FromUnixTimeSeconds(Today));
        var clock = (await sandbox.PostAsync(Clocks, $"frozen_time={Today}")).Id;
        foreach (var month in new[] { 1, 2 })
        {
            await sandbox.PostAsync($"{Clocks}/{clock}/advance", $"frozen_time={Today + month * Month}");
            var arrived = await sandbox.GetAsync($"{Clocks}/{clock}");
            Assert.Equal("ready", arrived["status"]);
            Assert.Equal(Today + month * Month, arrived.Int("frozen_time"));
        }
    }
}
