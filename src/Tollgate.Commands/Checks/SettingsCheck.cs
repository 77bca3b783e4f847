using Microsoft.Extensions.Configuration;
using Tollgate.Catalog;
using Tollgate.Settings;

namespace Tollgate.Commands.Checks;

/// <summary>Every setting there, well-formed and of one mode; and none shared with another environment.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<Finding> Run(IConfiguration configuration, PlanCatalog catalog)
    {
        foreach (var setting in StripeEnvironment.All(catalog))
        {
            yield return Finding.Of(setting.Name, setting.Read(configuration) is not null, "is not set");
        }

        var enabled = HostSettings.BillingEnabled;
        yield return Finding.Of(enabled.Name, enabled.FindFault(configuration) is null, "must be true or false");
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
        foreach (var setting in StripeEnvironment.All(catalog))
        {
            // while a secret is rolled, there are two of them
            var theirs = other.GetValueOrDefault(setting.Variable) ?? other.GetValueOrDefault(setting.Name);
            var shared = Values(setting.Read(configuration)).Intersect(Values(theirs));
            yield return Finding.Of($"{setting.Name} differs", !shared.Any(), "is the same in both environments");
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
