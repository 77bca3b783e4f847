using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tollgate.Settings;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// The table of settings is made of the options, their docstrings and the declared settings. With
/// <c>TOLLGATE_WRITE_DOCS=1</c> this test writes it.
/// </summary>
public sealed partial class SettingsTableTests
{
    private const string Document = "docs/reference/settings-table.md";

    private const string Head = """
        # Settings, one by one

        Made of the code by a [test](../../tests/Tollgate.Tests/Conventions/SettingsTableTests.cs), which fails when
        the two differ, and with `TOLLGATE_WRITE_DOCS=1` writes this page. What belongs together, and what a host asks
        for, is in [settings](settings.md).

        | Setting | Type | Default | Meaning | Looks like |
        |---|---|---|---|---|

        """;

    private static readonly Assembly[] Readers =
    [
        typeof(TollgateOptions).Assembly,
        typeof(Hosting.HostStart).Assembly,
        typeof(Development.PrivatePostgres).Assembly,
        typeof(global::Hydra.HydraApp).Assembly,
        typeof(global::ImportCsv.ImportCsvApp).Assembly,
        typeof(global::Standalone.StandaloneApp).Assembly,
    ];

    private readonly Dictionary<string, string> summaries = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Tollgate.xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));

    private sealed record Row(string Names, string Type, string Default, string Meaning, string Form);

    [Fact]
    public void The_table_is_what_the_code_says()
    {
        var path = Path.Combine(SourceTree.Root, Document);
        var table = Table();
        if (Environment.GetEnvironmentVariable("TOLLGATE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, table);
        }

        Assert.Equal(table, File.ReadAllText(path));
    }

    private string Table()
    {
        var rows = new SortedDictionary<string, Row>(StringComparer.Ordinal);
        foreach (var setting in Declared())
        {
            rows[setting.Key] = new Row(NamesOf(setting), TypeOf(setting.Form), "", setting.Purpose, setting.Form);
        }

        foreach (var (key, property, owner) in OfOptions())
        {
            var declared = rows.GetValueOrDefault(key);
            rows[key] = new Row(
                declared?.Names ?? $"`{Variable(key)}`",
                TypeOf(property.PropertyType),
                property.GetValue(owner) is { } value ? $"`{Text(value)}`" : "",
                summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")
                    ?? declared?.Meaning
                    ?? "",
                declared?.Form ?? FormOf(property.PropertyType, property.GetValue(owner))
            );
        }

        var text = new StringBuilder(Head);
        foreach (var row in rows.Values)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Names} | {row.Type} | {row.Default} | {Escaped(row.Meaning)} | {Escaped(row.Form)} |\n"
            );
        }

        return text.ToString();
    }

    private static IEnumerable<Setting> Declared() =>
        Readers
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Setting))
            .Select(field => (Setting)field.GetValue(obj: null)!)
            .DistinctBy(setting => setting.Key);

    // options within options are sections
    private static IEnumerable<(string Key, PropertyInfo Property, object Owner)> OfOptions()
    {
        var options = new TollgateOptions();
        foreach (var (property, setting) in HostSettings.OfOptions())
        {
            if (
                property.PropertyType is not { IsClass: true } type
                || type.Assembly != typeof(TollgateOptions).Assembly
            )
            {
                yield return (setting.Key, property, options);
                continue;
            }

            var section = property.GetValue(options)!;
            foreach (var part in type.GetProperties().Where(part => part.CanWrite))
            {
                yield return ($"{setting.Key}:{part.Name}", part, section);
            }
        }
    }

    private static string NamesOf(Setting setting) =>
        setting.OlderName is { } older ? $"`{setting.Variable}`, `{older}`" : $"`{setting.Variable}`";

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static string TypeOf(string form) =>
        form == "true or false" ? "switch"
        : form.StartsWith("a whole number", StringComparison.Ordinal) ? "whole number"
        : "text";

    private static string TypeOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { IsEnum: true } => "a name",
            var plain when plain == typeof(bool) => "switch",
            var plain when plain == typeof(int) => "whole number",
            var plain when plain == typeof(Uri) => "address",
            var plain when plain == typeof(TimeSpan) => "span",
            _ => "text",
        };

    private static string FormOf(Type type, object? usual) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { IsEnum: true } names => string.Join(" or ", Enum.GetNames(names)),
            var plain when plain == typeof(bool) => "true or false",
            var plain when plain == typeof(Uri) => "https://app.example.com",
            _ => usual is null ? "text" : Text(usual),
        };

    private static string Text(object value) =>
        value is bool isOn ? (isOn ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Plain(XElement summary) =>
        Blanks()
            .Replace(
                string.Concat(
                    summary
                        .Nodes()
                        .Select(node =>
                            node switch
                            {
                                XElement { Name.LocalName: "see" } see =>
                                    $"`{(see.Attribute("cref")
                                    ?? see.Attribute("langword"))!.Value.Split('.', ':')[^1]}`",
                                XElement element => $"`{element.Value}`",
                                _ => node.ToString(),
                            }
                        )
                ),
                " "
            )
            .Trim();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Blanks();
}
