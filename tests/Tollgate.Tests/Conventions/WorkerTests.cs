using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tollgate.Tests.Conventions;

/// <summary>Every worker of the library is a WorkerLoop: it has a heartbeat and outlives a failed pass.</summary>
public sealed class WorkerTests
{
    private const string Base = "src/Tollgate/Startup/WorkerLoop.cs";

    [Fact]
    public void Only_the_base_is_a_background_service() =>
        SourceTree.Holds(OwnLoops, file => file.IsCSharp && file.IsUnder("src/Tollgate") && file.Path != Base);

    [Theory]
    [InlineData("class A : BackgroundService { }", 1)]
    [InlineData("class A(int b) : Microsoft.Extensions.Hosting.BackgroundService, IStartupStep { }", 1)]
    [InlineData("class A { class B : IDisposable, BackgroundService { } }", 1)]
    [InlineData("class A(Heartbeats heartbeats) : WorkerLoop(\"a\", heartbeats) { }", 0)]
    [InlineData("class A { BackgroundService one; }", 0)]
    public void A_loop_of_its_own_is_found(string text, int faults) =>
        Assert.Equal(faults, OwnLoops(new SourceFile("src/Tollgate/Access/A.cs", text)).Count());

    private static IEnumerable<string> OwnLoops(SourceFile file) =>
        file
            .Syntax.DescendantNodes()
            .OfType<BaseTypeSyntax>()
            .Where(one => one.Type.GetLastToken().ValueText == "BackgroundService")
            .Select(one => file.Fault(one, "a worker is a WorkerLoop"));
}
