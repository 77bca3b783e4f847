using Spectre.Console;
using Tollgate.Catalog;
using Tollgate.Commands;

namespace Tollgate.Tests.Administration;

/// <summary>A difference is red and green where there are colours, and plain text where there are none.</summary>
public sealed class SetupDiffTests
{
    private static readonly PublishStep Renamed = new("price [a]", PublishOutcome.WouldChange)
    {
        Facts = [new PublishFact("name", "[b]", "c")],
    };

    [Fact]
    public void A_terminal_with_colours_shows_what_is_there_in_red_and_what_is_to_be_in_green()
    {
        var shown = Shown(AnsiSupport.Yes);

        Assert.Contains("\u001b[1mprice [a]\u001b[0m\n", shown, StringComparison.Ordinal);
        Assert.Contains("\u001b[91m- name [b]\u001b[0m\n", shown, StringComparison.Ordinal);
        Assert.Contains("\u001b[32m+ name c\u001b[0m\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Elsewhere_it_is_plain_text() =>
        Assert.StartsWith("price [a]\n- name [b]\n+ name c\n\n1 different.", Shown(AnsiSupport.No));

    private static string Shown(AnsiSupport ansi)
    {
        using var text = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = ansi,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(text),
            }
        );
        SetupDiff.Show(terminal, [Renamed]);
        return text.ToString();
    }
}
