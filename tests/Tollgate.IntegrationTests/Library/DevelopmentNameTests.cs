using Microsoft.AspNetCore.Builder;
using Tollgate.Hosting;

namespace Tollgate.IntegrationTests.Library;

/// <summary>The name of a host in Development becomes that of its database.</summary>
public sealed class DevelopmentNameTests
{
    [Theory]
    [InlineData("My App")]
    [InlineData("-app")]
    [InlineData("")]
    public void A_name_that_is_none_stops_the_start_and_says_what_it_may_be(string name)
    {
        var builder = WebApplication.CreateBuilder(["--environment=Development"]);

        var refused = Assert.Throws<StartupException>(() =>
            builder.AddTollgateDevelopment(
                Some.Catalog,
                new DevelopmentOptions(name, SandboxPort: 0, SignIn: "anybody")
            )
        );

        Assert.StartsWith($"DevelopmentOptions.Name is '{name}': a letter,", refused.Message, StringComparison.Ordinal);
    }
}
