using Tollgate.Settings;

namespace Tollgate.Tests;

/// <summary>The switch, when it is set and read at the same time.</summary>
public sealed class BillingSwitchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_read_before_a_change_is_not_applied_after_it()
    {
        using var billing = new BillingSwitch(new TollgateOptions());
        var read = new TaskCompletionSource<bool>();
        var reading = billing.ApplyAsync(() => read.Task, Token);
        var applying = billing.ApplyAsync(() => Task.FromResult(false), Token);
        read.SetResult(true); // as it was, before it was switched off

        await Task.WhenAll(reading, applying);

        Assert.False(billing.IsOn);
    }
}
