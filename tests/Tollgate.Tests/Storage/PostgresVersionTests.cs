using Tollgate.Storage;

namespace Tollgate.Tests.Storage;

/// <summary>An old server is refused in one sentence, before a statement of ours fails on it.</summary>
public sealed class PostgresVersionTests
{
    [Fact]
    public void A_server_that_is_too_old_is_named_with_what_to_do()
    {
        var refused = Assert.Throws<StartupException>(() => PostgresVersion.Check(new Version(14, 12)));

        Assert.Equal(
            "PostgreSQL 14.12 is too old: Tollgate needs 15 or later. Upgrade the server, or name another one in "
                + "ConnectionStrings__Tollgate.",
            refused.Message
        );
    }

    [Theory]
    [InlineData("15.0")]
    [InlineData("18.1")]
    public void Later_ones_are_good(string server) => PostgresVersion.Check(Version.Parse(server));
}
