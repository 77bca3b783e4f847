using System.Text.Json;
using System.Text.RegularExpressions;
using Hydra;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Tests.Conventions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Tollgate.Tests.Deploy;

/// <summary>What stands in <c>deploy</c>, read as those read it who use it.</summary>
internal static class DeployFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();
    private static readonly Lazy<string> Reference = new(() =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "docs/reference/settings.md"))
    );
    private static readonly Lazy<(string[] Prices, string[] Required)> Host = new(AskHost);

    /// <summary>What Hydra in Production refuses to start without, by its own check.</summary>
    public static string[] Required => Host.Value.Required;

    public static string Read(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, "deploy", path));

    /// <summary>Parsed, anchors and merges resolved; every scalar is a text.</summary>
    public static JsonElement Parse(string yaml)
    {
        var parsed = Yaml.Deserialize<object>(new MergingParser(new Parser(new StringReader(yaml))));
        return JsonElement.Parse(Json.Serialize(parsed));
    }

    /// <summary>Whether the reference of settings has it, or it is that of one of Hydra's prices.</summary>
    public static bool IsSetting(string variable) =>
        Reference.Value.Contains($"`{variable}`", StringComparison.Ordinal)
        || Reference.Value.Contains($"`{variable}=", StringComparison.Ordinal)
        || Host.Value.Prices.Contains(variable);

    /// <summary>A tag that says which version; without one, or with <c>latest</c>, each build has another.</summary>
    public static bool IsPinned(string image) =>
        Regex.IsMatch(
            image,
            @"^[^\s:]+(:\d+)?[^\s:]*:(?!latest)(\$\{VERSION:\?|v?\d)",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );

    private static (string[] Prices, string[] Required) AskHost()
    {
        using var app = (IDisposable)HydraApp.Create(["--environment=Production", "--BILLING_ENABLED=true"]);
        var services = ((WebApplication)app).Services;
        var refused = Assert.Throws<StartupException>(() => services.GetRequiredService<CheckSettings>().Run());
        return (
            [
                .. services
                    .GetRequiredService<PlanCatalog>()
                    .Plans.SelectMany(plan => plan.Prices)
                    .Select(price => StripeEnvironment.PriceSetting(price)),
            ],
            [.. refused.Message.Split('\n').Skip(1).Select(line => line.Trim().Split(' ')[0])]
        );
    }
}
