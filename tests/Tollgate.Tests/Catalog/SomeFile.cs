using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

/// <summary>A catalog's file for as long as a test reads it.</summary>
internal static class SomeFile
{
    public const string Name = "plans.json";

    /// <summary>The smallest catalog that sells something.</summary>
    public const string Small = """
        {
          "product": "Some App",
          "plans": [
            { "id": "free", "name": "Free" },
            {
              "id": "pro",
              "name": "Pro",
              "prices": [{ "alias": "pro_monthly", "interval": "month", "unit_amount": 2000, "currency": "usd" }],
              "features": ["speed"]
            }
          ]
        }
        """;

    public static PlanCatalog Read(string text) => In(text, CatalogFile.Read);

    /// <summary>What is wrong, a line each, with the file's name for its path.</summary>
    public static IReadOnlyList<string> Faults(string text) =>
        In(
            text,
            path =>
            {
                var stopped = Assert.Throws<StartupException>(() => CatalogFile.Read(path));
                Assert.Equal(string.Join('\n', stopped.Lines), stopped.Message);
                return stopped.Lines.Select(line => line.Replace(path, Name, StringComparison.Ordinal)).ToList();
            }
        );

    private static T In<T>(string text, Func<string, T> act)
    {
        var folder = Directory.CreateTempSubdirectory("catalog-");
        try
        {
            var path = Path.Combine(folder.FullName, Name);
            File.WriteAllText(path, text);
            return act(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
