using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A fixtures file fills a Sandbox that begins empty.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sandbox-seed-");

    [Fact]
    public async Task Example_of_the_documentation_gives_plans_and_a_paying_customer()
    {
        var seed = Path.Combine(OfficialTools.Folder, "..", "..", "..", "docs", "sandbox-seed.json");
        await using var sandbox = await TestSandbox.StartAsync(
            new SandboxOptions
            {
                SeedFile = seed,
                RateLimits = new RateLimits { RequestsPerSecond = 3 },
            }
        );
        var subscription = await sandbox.GetAsync("/v1/subscriptions");
        Assert.Equal(("active", "3"), (subscription["data.0.status"], subscription["data.0.items.data.0.quantity"]));
        Assert.Equal("team_monthly", (await sandbox.GetAsync("/v1/prices"))["data.0.lookup_key"]);
    }

    [Fact]
    public async Task State_that_is_there_is_not_seeded_again()
    {
        var options = new SandboxOptions
        {
            DataDirectory = Path.Combine(folder.FullName, "data"),
            SeedFile = File("""{"name":"c","path":"/v1/customers","method":"post","params":{"name":"Ada"}}"""),
        };
        for (var start = 0; start < 2; start++)
        {
            await using var sandbox = await TestSandbox.StartAsync(options);
            Assert.Single((await sandbox.GetAsync("/v1/customers")).Data);
        }
    }

    [Fact]
    public async Task Expected_error_is_no_error_and_references_reach_into_lists()
    {
        var seed = File(
            """{"name":"p","path":"/v1/products","method":"post","params":{"name":"Team","active":true}}""",
            """{"name":"all","path":"/v1/products","method":"get","params":{"limit":1}}""",
            """
            {"name":"no","path":"/v1/products/prod_x","method":"get","expected_error_type":"invalid_request_error"}
            """,
            """
            {"name":"c","path":"/v1/customers","method":"post","idempotency_key":"k-${all:data.0.name}",
             "params":{"name":"${all:data.0.id}","description":"${all:data.7.id|none}"}}
            """
        );
        await using var sandbox = await TestSandbox.StartAsync(new SandboxOptions { SeedFile = seed });
        var customer = await sandbox.GetAsync("/v1/customers");
        Assert.StartsWith("prod_", customer["data.0.name"], StringComparison.Ordinal);
        Assert.Equal("none", customer["data.0.description"]);
    }

    [Theory]
    [InlineData(
        "Received unknown parameter: nmae",
        """{"name":"c","path":"/v1/customers","method":"post","params":{"nmae":"x"}}"""
    )]
    [InlineData("${d:id} leads to no value", """{"name":"c","path":"/v1/customers/${d:id}","method":"get"}""")]
    [InlineData("`headers` is not supported", """{"name":"c","path":"/v1/customers","method":"get","headers":{}}""")]
    [InlineData("`path` is missing", """{"name":"c","method":"get"}""")]
    [InlineData(
        "not refused: card_error",
        """{"name":"c","path":"/v1/customers","method":"get","expected_error_type":"card_error"}"""
    )]
    public async Task Fault_ends_the_start_with_file_step_and_reason(string reason, string fixture)
    {
        var seed = File(fixture);
        using var process = SandboxProcess.Start("--port", "0", "--seed", seed);
        var (code, error) = await process.EndAsync();
        Assert.Equal(1, code);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(seed, line, StringComparison.Ordinal);
        Assert.Contains("step 'c'", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"_meta":{"template_version":1},"fixtures":[]}""")]
    [InlineData("""{"_meta":{"template_version":0}}""")]
    public async Task File_of_another_kind_is_refused_with_its_name(string text)
    {
        var seed = Path.Combine(folder.FullName, "seed.json");
        await System.IO.File.WriteAllTextAsync(seed, text, TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
            TestSandbox.StartAsync(new SandboxOptions { SeedFile = seed })
        );
        Assert.Contains(seed, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string File(params string[] fixtures)
    {
        var path = Path.Combine(folder.FullName, "seed.json");
        var text = "{\"_meta\":{\"template_version\":0},\"fixtures\":[" + string.Join(',', fixtures) + "]}";
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
