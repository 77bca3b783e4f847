using Spectre.Console;

namespace Tollgate.Commands;

/// <summary>Tables as people read them, also where the lines have no edge.</summary>
public static class TerminalTables
{
    private const int WidthMax = 200;

    /// <summary>Cells that are too long go on below; a line of its own is never broken.</summary>
    public static void WriteTable(this IAnsiConsole terminal, Table table)
    {
        var width = terminal.Profile.Width;
        terminal.Profile.Width = Math.Min(width, WidthMax);
        terminal.Write(table);
        terminal.Profile.Width = width;
    }
}
