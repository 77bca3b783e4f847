using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Tests.Conventions;

namespace Tollgate.Tests.Deploy;

/// <summary>
/// The chart, without helm: its templates are rendered as far as their form goes, each value as <c>x</c> and each block
/// that is included as nothing.
/// </summary>
public sealed partial class ChartTests
{
    private static readonly JsonElement Values = DeployFiles.Parse(Read("values.yaml"));

    private static JsonElement Pod =>
        Template("deployment").GetProperty("spec").GetProperty("template").GetProperty("spec");

    public static TheoryData<string> Templates =>
        [
            .. SourceTree
                .Files.Where(file => file.IsUnder("deploy/helm/tollgate/templates"))
                .Select(file => file.Segments[^1])
                .Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_is_an_object_of_Kubernetes(string name)
    {
        var rendered = DeployFiles.Parse(Render(Read($"templates/{name}")));

        Assert.False(string.IsNullOrEmpty(rendered.GetProperty("apiVersion").GetString()));
        Assert.False(string.IsNullOrEmpty(rendered.GetProperty("kind").GetString()));
        Assert.True(rendered.GetProperty("metadata").TryGetProperty("name", out _));
    }

    [Fact]
    public void What_templates_include_parses_by_itself()
    {
        var parts = Definition().Matches(Read("templates/_helpers.tpl"));

        Assert.Equal(["env", "envFrom", "volumeMounts"], Names(parts, "tollgate.environment"));
        Assert.Equal(["volumes"], Names(parts, "tollgate.volumes"));
        Assert.Contains("runAsNonRoot", Names(parts, "tollgate.podSecurity"));
        Assert.Contains("readOnlyRootFilesystem", Names(parts, "tollgate.containerSecurity"));
    }

    [Fact]
    public void Every_value_that_is_used_is_there_and_has_a_form()
    {
        var used = SourceTree
            .Files.Where(file => file.IsUnder("deploy/helm/tollgate/templates"))
            .SelectMany(file => Value().Matches(file.Text))
            .Select(one => one.Groups["path"].Value)
            .Distinct();
        var forms = JsonElement.Parse(Read("values.schema.json")).GetProperty("properties");

        Assert.Equal([], used.Where(path => !IsThere(path.Split('.'))));
        Assert.Equal(
            [],
            Values.EnumerateObject().Select(value => value.Name).Where(name => !forms.TryGetProperty(name, out _))
        );
    }

    [Fact]
    public void Every_variable_is_a_setting_and_what_production_requires_is_named()
    {
        var values = Read("values.yaml");
        var set = Values.GetProperty("settings").EnumerateObject().Select(setting => setting.Name).ToArray();
        var own = Variable().Matches(Read("templates/_helpers.tpl")).Select(one => one.Groups["name"].Value);
        // of prices it says the form
        var required = DeployFiles.Required.Where(name => !name.EndsWith("_PRICE_ID", StringComparison.Ordinal));

        Assert.Equal([], set.Concat(own).Where(name => !DeployFiles.IsSetting(name)));
        Assert.Equal([], required.Where(name => !values.Contains(name, StringComparison.Ordinal)));
        Assert.Contains("STRIPE_..._PRICE_ID", values, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_takes_no_node_away_before_another_is_ready()
    {
        var deployment = Template("deployment").GetProperty("spec");

        Assert.Equal("2", Values.GetProperty("replicas").GetString());
        Assert.Equal(
            "0",
            deployment.GetProperty("strategy").GetProperty("rollingUpdate").GetProperty("maxUnavailable").GetString()
        );
        Assert.Equal(
            "pre-install,pre-upgrade",
            Template("migrate")
                .GetProperty("metadata")
                .GetProperty("annotations")
                .GetProperty("helm.sh/hook")
                .GetString()
        );
        // the host's own 30 seconds, after those of preStop
        Assert.True(Number("terminationGracePeriodSeconds") > 30 + Number("preStopSeconds"));
    }

    [Theory]
    [InlineData("startupProbe", "/health/live")]
    [InlineData("livenessProbe", "/health/live")]
    [InlineData("readinessProbe", "/health/ready")]
    public void A_probe_asks_by_a_name_that_a_node_answers_to(string probe, string path)
    {
        var asked = Pod.GetProperty("containers")[0].GetProperty(probe).GetProperty("httpGet");

        Assert.Equal(path, asked.GetProperty("path").GetString());
        Assert.Equal("Host", asked.GetProperty("httpHeaders")[0].GetProperty("name").GetString());
        Assert.Equal("localhost", asked.GetProperty("httpHeaders")[0].GetProperty("value").GetString());
    }

    [Fact]
    public void Prometheus_scrapes_the_collector_that_nodes_export_to()
    {
        var service = Template("collector-service").GetProperty("spec").GetProperty("ports");
        var pod = Template("collector").GetProperty("spec").GetProperty("template").GetProperty("spec");
        var config = DeployFiles.Parse(
            Template("collector-config").GetProperty("data").GetProperty("config.yaml").GetString()!
        );
        var monitor = Template("servicemonitor").GetProperty("spec").GetProperty("endpoints")[0];

        var scraped = service.EnumerateArray().Single(port => Text(port, "name") == Text(monitor, "port"));
        Assert.Equal(
            $"0.0.0.0:{Text(scraped, "port")}",
            Text(config.GetProperty("exporters").GetProperty("prometheus"), "endpoint")
        );
        Assert.Equal("/metrics", Text(monitor, "path"));
        var ports = pod.GetProperty("containers")[0].GetProperty("ports").EnumerateArray();
        Assert.All(
            service.EnumerateArray(),
            port => Assert.Contains(ports, one => Text(one, "name") == Text(port, "targetPort"))
        );
        Assert.Contains(":4318", Read("templates/_helpers.tpl"), StringComparison.Ordinal);
        Assert.Contains("4318", service.EnumerateArray().Select(port => Text(port, "port")));
    }

    private static string? Text(JsonElement value, string name) => value.GetProperty(name).GetString();

    private static string Read(string path) => DeployFiles.Read($"helm/tollgate/{path}");

    private static JsonElement Template(string name) => DeployFiles.Parse(Render(Read($"templates/{name}.yaml")));

    private static int Number(string value) =>
        int.Parse(Values.GetProperty(value).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    // maps that a user fills are empty: what is asked of them is the user's
    private static bool IsThere(string[] path)
    {
        var at = Values;
        return path.All(name => at.TryGetProperty(name, out at));
    }

    private static string[] Names(MatchCollection parts, string name) =>
        [
            .. DeployFiles
                .Parse(Render(parts.Single(part => part.Groups["name"].Value == name).Groups["body"].Value))
                .EnumerateObject()
                .Select(property => property.Name),
        ];

    private static string Render(string template) => Inline().Replace(WholeLine().Replace(template, ""), "x");

    [GeneratedRegex(
        @"^ *\{\{-? *(if|else|end|range|include|toYaml)\b.*\}\}$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex WholeLine();

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.None, 10_000)]
    private static partial Regex Inline();

    [GeneratedRegex(
        """^\{\{- define "(?<name>[^"]+)" -\}\}\n(?<body>.*?)^\{\{- end \}\}$""",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Definition();

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z_.]*[A-Za-z_])", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Value();

    [GeneratedRegex(@"- name: (?<name>\w+)\n +value:", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Variable();
}
