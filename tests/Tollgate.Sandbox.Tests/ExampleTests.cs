using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>The documentation shows code that runs.</summary>
public sealed class ExampleTests
{
    [Fact]
    public async Task Documentation_shows_the_example_that_is_run()
    {
        var token = TestContext.Current.CancellationToken;
        var here = Path.Combine(OfficialTools.Folder, "..");
        var run = await File.ReadAllTextAsync(Path.Combine(here, $"{nameof(RenewalExampleTests)}.cs"), token);
        var shown = await File.ReadAllTextAsync(Path.Combine(here, "..", "..", "docs", "sandbox.md"), token);
        var code = run[run.IndexOf("public sealed class", StringComparison.Ordinal)..];
        Assert.Contains($"```csharp\n{code}```", shown, StringComparison.Ordinal);
    }
}
