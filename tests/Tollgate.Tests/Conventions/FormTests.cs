using System.Text.RegularExpressions;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// What a browser sends by itself, because it is clicked before the page's script is there, keeps passwords out of
/// addresses, and so out of histories and logs.
/// </summary>
public sealed partial class FormTests
{
    [Fact]
    public void A_form_with_a_password_is_posted() =>
        SourceTree.Holds(Faults, file => file.Path.EndsWith(".html", StringComparison.Ordinal));

    [Theory]
    [InlineData("""<form id="a" method="post"><input type="password"></form>""", 0)]
    [InlineData("""<form id="a"><input type="password"></form>""", 1)]
    [InlineData("""<form id="a"><input type="text"></form>""", 0)]
    [InlineData("""<form><input></form><form method="get"><input id="p" type="password"></form>""", 1)]
    public void A_form_that_would_show_one_is_found(string html, int faults) =>
        Assert.Equal(faults, Faults(new SourceFile("hosts/Hydra/wwwroot/a.html", html)).Count());

    private static IEnumerable<string> Faults(SourceFile file) =>
        Form()
            .Matches(file.Text)
            .Where(form => form.Value.Contains("type=\"password\"", StringComparison.Ordinal))
            .Where(form => !form.Groups["tag"].Value.Contains("method=\"post\"", StringComparison.Ordinal))
            .Select(form => $"{file.Path}: {form.Groups["tag"].Value} has a password and no method=\"post\"");

    [GeneratedRegex(
        "(?<tag><form[^>]*>).*?</form>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Form();
}
