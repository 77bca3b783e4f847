using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Tests.Storage;

/// <summary>Statements are prepared unless the connection string says otherwise.</summary>
public sealed class PreparedStatementsTests
{
    [Theory]
    [InlineData("Host=nowhere.invalid", 100)]
    [InlineData("Host=nowhere.invalid;Max Auto Prepare=0", 0)]
    [InlineData("Host=nowhere.invalid;max auto prepare=7", 7)]
    [InlineData("Host=nowhere.invalid;MaxAutoPrepare=7", 7)]
    public async Task What_the_connection_string_says_holds(string text, int most)
    {
        await using var source = PreparedStatements.Open(text);

        Assert.Equal(most, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare);
    }

    [Fact]
    public void What_is_no_connection_string_is_refused() =>
        Assert.Throws<ArgumentException>(() => PreparedStatements.Open("Host=nowhere.invalid;Speed=9"));
}
