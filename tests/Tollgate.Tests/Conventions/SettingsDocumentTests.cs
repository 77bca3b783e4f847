using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tollgate.Catalog;
using Tollgate.Settings;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// The reference of settings names each that the code reads, and none that it does not. What is read are the properties
/// of <see cref="TollgateOptions"/>, and every text in the code that is a setting's name.
/// </summary>
public sealed partial class SettingsDocumentTests
{
    private const string Document = "docs/reference/settings.md";

    private static readonly string[] Reading = ["GetValue", "GetEnvironmentVariable", "GetConnectionString"];

    // what the machine has, and what is written only
    private static readonly string[] NoSettings = ["PATH", "Logging:LogLevel:Default", "Kestrel:Endpoints"];

    [Fact]
    public void Every_setting_that_is_read_is_in_the_reference() =>
        Assert.Equal([], Read().Except(Documented()).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_of_the_reference_is_read() =>
        Assert.Equal([], Documented().Except(Read()).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""var x = configuration["Some:Thing"];""", "Some:Thing")]
    [InlineData("""var x = configuration.GetValue("Some:Thing", 1);""", "Some:Thing")]
    [InlineData("""var x = Environment.GetEnvironmentVariable("SOME_THING");""", "SOME_THING")]
    [InlineData("""const string Name = "TOLLGATE_THING";""", "TOLLGATE_THING")]
    [InlineData("""Setting.Number("ImportCsv:Thing", "a thing");""", "ImportCsv:Thing")]
    [InlineData("""throw new Exception("Set STRIPE_THING first.");""", "")]
    public void A_setting_in_the_code_is_found(string code, string name) =>
        Assert.Equal(name, string.Join(' ', NamesIn(new SourceFile("src/Tollgate/A.cs", code))));

    [Theory]
    [InlineData("| `A_B`, `Tollgate__C` | see `D_E` | |", "A_B Tollgate:C")]
    [InlineData("| Setting | | |", "")]
    [InlineData("In the text stands `A_B`.", "")]
    public void A_setting_in_the_reference_is_found(string line, string names) =>
        Assert.Equal(names, string.Join(' ', NamesOf(line)));

    private static HashSet<string> Documented() =>
        [.. File.ReadLines(Path.Combine(SourceTree.Root, Document)).SelectMany(NamesOf)];

    private static IEnumerable<string> NamesOf(string line) =>
        line.StartsWith('|')
            ? InBackticks().Matches(line.Split('|')[1]).Select(one => Key(one.Groups["name"].Value))
            : [];

    private static HashSet<string> Read()
    {
        var price = new PlanPrice("<alias>", BillingInterval.Month, Money.Usd(1));
        return
        [
            HostSettings.BillingEnabled.Key,
            .. HostSettings.OfOptions().SelectMany(one => KeysOf(one.Setting.Key, one.Property.PropertyType)),
            // made of the catalog
            StripeEnvironment.PriceSetting(price),
            StripeEnvironment.PriceKey(price.Alias),
            .. SourceTree
                .Files.Where(file => file.IsCSharp && !file.IsGenerated)
                .Where(file =>
                    file.IsUnder(
                        "src/Tollgate",
                        "src/Tollgate.Commands",
                        "src/Tollgate.Hosting",
                        "src/Tollgate.Development",
                        "src/Tollgate.Identity",
                        "src/Tollgate.Telemetry",
                        "hosts"
                    )
                )
                .SelectMany(NamesIn),
        ];
    }

    // options within options are sections
    private static IEnumerable<string> KeysOf(string key, Type type) =>
        type.IsClass && type.Assembly == typeof(TollgateOptions).Assembly
            ? type.GetProperties().Where(one => one.CanWrite).Select(one => $"{key}:{one.Name}")
            : [key];

    private static IEnumerable<string> NamesIn(SourceFile file) =>
        from literal in file.Syntax.DescendantNodes().OfType<LiteralExpressionSyntax>()
        where literal.IsKind(SyntaxKind.StringLiteralExpression)
        let text = literal.Token.ValueText
        where IsName().IsMatch(text) || IsRead(literal)
        where !NoSettings.Contains(text)
        select text == "Tollgate" && IsRead(literal) ? "ConnectionStrings:Tollgate" : text;

    private static bool IsRead(LiteralExpressionSyntax literal) =>
        literal.Parent?.Parent?.Parent switch
        {
            ElementAccessExpressionSyntax { Expression: var of } => of.ToString()
                .EndsWith("onfiguration", StringComparison.Ordinal),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var call } } =>
                Reading.Contains(call.Identifier.Text),
            _ => false,
        };

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex InBackticks();

    [GeneratedRegex(
        "^(((Tollgate|Development|ImportCsv|Hydra|Standalone|SignIn|ConnectionStrings):[A-Za-z]+(:[A-Za-z]+)*)"
            + "|((STRIPE|BILLING|MAIL|RESEND|SMTP|IMPORTCSV|HYDRA|TOLLGATE|OTEL)_[A-Z_]+))$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex IsName();
}
