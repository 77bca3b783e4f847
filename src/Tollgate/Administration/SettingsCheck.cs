using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;

namespace Tollgate.Administration;

/// <summary>Every setting there, well-formed and of one mode; and none shared with another environment.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<Finding> Run(IConfiguration configuration, PlanCatalog catalog)
    {
        foreach (var name in StripeEnvironment.Names(catalog))
        {
            yield return Finding.Of(name, !string.IsNullOrEmpty(configuration[name]), "is not set");
        }

        yield return Finding.Of(
            "BILLING_ENABLED",
            configuration["BILLING_ENABLED"] is null or "" or "true" or "false",
            "must be true or false"
        );
        yield return Read("settings of one mode", () => StripeEnvironment.ReadSettings(configuration));
        yield return Read("price ids", () => StripeEnvironment.ReadPrices(configuration, catalog));
    }

    public static IEnumerable<Finding> Compare(IConfiguration configuration, PlanCatalog catalog, string file)
    {
        if (!File.Exists(file))
        {
            yield return Finding.Fails("compare", $"{file} does not exist");
            yield break;
        }

        var other = File.ReadLines(file)
            .Select(line => line.Trim())
            .Where(line => !line.StartsWith('#') && line.Contains('='))
            .Select(line => line.Split('=', 2))
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        foreach (var name in StripeEnvironment.Names(catalog))
        {
            // while a secret is rolled, there are two of them
            var shared = Values(configuration[name]).Intersect(Values(other.GetValueOrDefault(name)));
            yield return Finding.Of($"{name} differs", !shared.Any(), "is the same in both environments");
        }
    }

    private static string[] Values(string? setting) =>
        (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Finding Read<T>(string name, Func<T> read)
    {
        try
        {
            read();
            return Finding.Good(name);
        }
        catch (StartupException wrong)
        {
            return Finding.Fails(name, wrong.Message); // it names the setting and shows no value
        }
    }
}
