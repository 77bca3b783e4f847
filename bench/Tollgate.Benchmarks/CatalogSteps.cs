using BenchmarkDotNet.Attributes;
using Tollgate.Catalog;

namespace Tollgate.Benchmarks;

/// <summary>A catalog's file is read and checked, once at a start.</summary>
[MemoryDiagnoser]
public class CatalogSteps
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, "plans.json");

    [Benchmark]
    public PlanCatalog ReadFile() => CatalogFile.Read(path);
}
