using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tollgate.Tests.Deploy;

/// <summary>Hydra on one server: what compose.yaml and .env.example say is what the host reads and asks for.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Hosts = ["migrate", "node1", "node2"];

    private static readonly JsonElement Compose = DeployFiles.Parse(DeployFiles.Read("compose.yaml"));

    private static IEnumerable<JsonProperty> Services => Compose.GetProperty("services").EnumerateObject();

    // what may be left out stands there, too, as a comment
    private static string[] Example =>
        [.. Assignment().Matches(DeployFiles.Read(".env.example")).Select(one => one.Groups["name"].Value)];

    private static string[] Given => [.. GivenIn(DeployFiles.Read(".env.example"))];

    [Fact]
    public void Every_image_is_pinned() =>
        Assert.All(
            Services,
            service => Assert.True(DeployFiles.IsPinned(service.Value.GetProperty("image").GetString()!), service.Name)
        );

    [Fact]
    public void Every_variable_is_a_setting() =>
        Assert.Equal(
            [],
            Environment().Concat(Example).Except(Interpolated()).Where(name => !DeployFiles.IsSetting(name))
        );

    [Fact]
    public void Every_setting_that_production_requires_is_given()
    {
        Assert.Contains("STRIPE_SECRET_KEY", DeployFiles.Required);
        Assert.Contains("STRIPE_BUSINESS_ANNUAL_PRICE_ID", DeployFiles.Required);
        Assert.Equal([], DeployFiles.Required.Except(Environment()).Except(Given));
    }

    [Fact]
    public void What_the_file_interpolates_is_given_in_the_example() => Assert.Equal([], Interpolated().Except(Given));

    [Fact]
    public void Nodes_start_when_the_job_has_migrated_and_migrate_nothing_themselves()
    {
        foreach (var node in (string[])["node1", "node2"])
        {
            var service = Service(node);
            var until = service.GetProperty("depends_on").GetProperty("migrate").GetProperty("condition");
            Assert.Equal("service_completed_successfully", until.GetString());
            Assert.Equal(
                "false",
                service.GetProperty("environment").GetProperty("Tollgate__MigrateAtStart").GetString()
            );
        }

        Assert.Equal(["migrate", "up"], Texts(Service("migrate").GetProperty("command")));
        Assert.Equal(
            "service_healthy",
            Service("migrate").GetProperty("depends_on").GetProperty("postgres").GetProperty("condition").GetString()
        );
    }

    [Fact]
    public void The_proxy_whose_headers_are_believed_is_the_one_that_is_there()
    {
        var address = Service("proxy").GetProperty("networks").GetProperty("default").GetProperty("ipv4_address");
        var caddyfile = DeployFiles.Read("Caddyfile");

        Assert.Equal(
            address.GetString(),
            Service("node1").GetProperty("environment").GetProperty("Tollgate__KnownProxies").GetString()
        );
        Assert.Contains("node1:8080 node2:8080", caddyfile, StringComparison.Ordinal);
        Assert.Contains("Host localhost", caddyfile, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_of_systemd_sets_known_settings_and_migrates_nothing()
    {
        var unit = DeployFiles.Read("systemd/hydra@.service");

        Assert.Equal(
            [],
            UnitVariable()
                .Matches(unit)
                .Select(one => one.Groups["name"].Value)
                .Where(name => !DeployFiles.IsSetting(name))
        );
        Assert.Contains("Environment=Tollgate__MigrateAtStart=false", unit, StringComparison.Ordinal);
    }

    private static JsonElement Service(string name) => Services.Single(service => service.Name == name).Value;

    private static IEnumerable<string> Environment() =>
        Hosts
            .SelectMany(host => Service(host).GetProperty("environment").EnumerateObject())
            .Select(variable => variable.Name)
            .Distinct();

    private static string[] Interpolated() =>
        [
            .. Interpolation()
                .Matches(DeployFiles.Read("compose.yaml"))
                .Select(one => one.Groups["name"].Value)
                .Distinct(),
        ];

    private static IEnumerable<string> GivenIn(string example) =>
        Assignment().Matches(example).Where(one => one.Value[0] != '#').Select(one => one.Groups["name"].Value);

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    [GeneratedRegex("^Environment=(?<name>[A-Za-z_]+)=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex UnitVariable();

    [GeneratedRegex("^(# )?(?<name>[A-Za-z_]+)=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Interpolation();
}
