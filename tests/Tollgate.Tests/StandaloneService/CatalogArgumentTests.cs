using Microsoft.Extensions.Configuration;
using Standalone;

namespace Tollgate.Tests.StandaloneService;

/// <summary>Which file says what the Standalone service sells.</summary>
public sealed class CatalogArgumentTests
{
    private static readonly IConfiguration Empty = new ConfigurationBuilder().Build();

    [Theory]
    [InlineData("--catalog a.json", "a.json", "")]
    [InlineData("--catalog=a.json", "a.json", "")]
    [InlineData("keys list --catalog a.json --json", "a.json", "keys list --json")]
    [InlineData("--urls http://127.0.0.1:1 --catalog=a.json", "a.json", "--urls http://127.0.0.1:1")]
    [InlineData("doctor", null, "doctor")]
    [InlineData("doctor --catalog", null, "doctor --catalog")]
    public void It_stands_anywhere_and_is_no_word_of_a_command(string typed, string? path, string others)
    {
        var taken = CatalogArgument.Take(typed.Split(' '));

        Assert.Equal((path, others), (taken.Path, string.Join(' ', taken.Words)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_looked_for_beside_the_program()
    {
        var program = Directory.CreateTempSubdirectory("catalog-");
        var beside = Path.Combine(program.FullName, "beside.json");
        File.WriteAllText(beside, "{}");
        var here = Path.GetFileName(Directory.EnumerateFiles(Directory.GetCurrentDirectory(), "*.json").First());
        File.WriteAllText(Path.Combine(program.FullName, here), "{}");

        Assert.Equal(beside, CatalogArgument.Find("beside.json", Empty, program.FullName));
        Assert.Equal(here, CatalogArgument.Find(here, Empty, program.FullName));
        Assert.Equal("nowhere.json", CatalogArgument.Find("nowhere.json", Empty, program.FullName));
        program.Delete(recursive: true);
    }

    [Fact]
    public void Where_nothing_names_one_the_refusal_says_how()
    {
        var set = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Standalone:Catalog", "/etc/plans.json")])
            .Build();
        Assert.Equal("/etc/plans.json", CatalogArgument.Find(given: null, set, program: "/"));

        Assert.Equal("plans.json", CatalogArgument.ForHelp(["keys", "--help"]));
        Assert.Null(CatalogArgument.ForHelp(["keys", "list"]));
        var refused = Assert.Throws<StartupException>(() => CatalogArgument.Find(given: null, Empty, program: "/"));
        Assert.Contains("--catalog plans.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Standalone__Catalog", refused.Message, StringComparison.Ordinal);
    }
}
