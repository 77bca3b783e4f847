using Microsoft.Extensions.Time.Testing;
using Tollgate.Commands;

namespace Tollgate.Tests.Administration;

/// <summary>Whoever waits for a long command sees how far it is, and no more often than one can read.</summary>
public sealed class CommandProgressTests
{
    [Fact]
    public void A_line_comes_every_few_seconds_and_none_from_what_is_quick()
    {
        var time = new FakeTimeProvider();
        var lines = new StringWriter { NewLine = "\n" };
        var progress = new CommandProgress("Accounts compared", lines, time);

        progress.Report(1, 100);
        Assert.Empty(lines.ToString());
        time.Advance(CommandProgress.Every);
        progress.Report(20, 100);
        progress.Report(21, 100);
        time.Advance(CommandProgress.Every);
        progress.Report(40, 0);

        Assert.Equal("Accounts compared: 20 of 100\nAccounts compared: 40 so far\n", lines.ToString());
    }
}
