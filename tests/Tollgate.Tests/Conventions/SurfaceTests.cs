using Tollgate.Catalog;

namespace Tollgate.Tests.Conventions;

/// <summary>What a host can see of the library is what it uses: everything else is free to change.</summary>
public sealed class SurfaceTests
{
    private const int PublicTypesMax = 148;

    [Fact]
    public void Public_types_of_the_library_only_become_fewer()
    {
        var shown = typeof(PlanCatalog).Assembly.GetExportedTypes().Length;
        Assert.True(
            shown <= PublicTypesMax,
            $"{shown} types are public, {PublicTypesMax} may be. A type is internal unless a host uses it, or sees it "
                + "in a signature of one that it uses."
        );
        Assert.True(shown == PublicTypesMax, $"Only {shown} types are public: lower PublicTypesMax to that.");
    }
}
