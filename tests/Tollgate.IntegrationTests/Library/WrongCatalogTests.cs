using Microsoft.AspNetCore.Builder;
using Tollgate.Catalog;
using Tollgate.Hosting;

namespace Tollgate.IntegrationTests.Library;

/// <summary>A host whose catalog is wrong ends with one line and exit code 1, whatever it was asked to do.</summary>
public sealed class WrongCatalogTests
{
    private static readonly PlanCatalog Wrong = new(
        "Wrong",
        [
            new Plan("pro", "Pro")
            {
                Features = ["flight"],
                Limits = new Dictionary<string, int> { ["walk"] = 1 },
            },
        ],
        [],
        []
    );

    [Theory]
    [InlineData]
    [InlineData("doctor")]
    [InlineData("setup", "--plan")]
    public async Task A_wrong_catalog_ends_everything_with_one_line(params string[] args)
    {
        var printed = await RunAsync(
            () =>
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Services.AddTollgate(Wrong);
                return builder.Build();
            },
            args
        );

        Assert.Equal(
            "The catalog of Wrong is wrong: Plan pro grants flight, which is not a declared feature. "
                + "Plan pro limits walk, which is not a declared meter.",
            printed.Trim()
        );
    }

    [Fact]
    public async Task A_catalog_that_cannot_even_be_made_is_reported_in_one_line_too()
    {
        var printed = await RunAsync(
            () =>
            {
                WebApplication.CreateSlimBuilder().Services.AddTollgate(Unmakable.Catalog);
                throw new InvalidOperationException("That could not have been reached.");
            },
            []
        );

        Assert.Contains("Unmakable cannot be made: ", printed);
        Assert.Single(printed.Trim().Split('\n'));
    }

    // the only test that reads the process's own standard error, which no other one writes to
    private static async Task<string> RunAsync(Func<WebApplication> create, string[] args)
    {
        var before = Console.Error;
        await using var printed = new StringWriter();
        Console.SetError(TextWriter.Synchronized(printed));
        try
        {
            Assert.Equal(1, await TollgateRun.RunAsync(_ => create(), args));
        }
        finally
        {
            Console.SetError(before);
        }

        return printed.ToString();
    }

    private static class Unmakable
    {
        public static PlanCatalog Catalog { get; } =
            new(
                "Unmakable",
                [new Plan("pro", "Pro") { Limits = new Dictionary<string, int>([new("run", 1), new("run", 2)]) }],
                [],
                []
            );
    }
}
