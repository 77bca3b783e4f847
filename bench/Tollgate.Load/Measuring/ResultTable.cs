using System.Globalization;

namespace Tollgate.Load.Measuring;

/// <summary>What all paths came to, as one table of Markdown: a row for each other contender of a path.</summary>
internal sealed class ResultTable
{
    private static readonly string[] Head =
    [
        "Path",
        "Connections",
        "Peer or baseline",
        "Theirs /s",
        "Probe /s",
        "Ours /s",
        "Ratio [min-max]",
        "Of the probe [min-max]",
        "p50 ms",
        "p99 ms",
        "Their p99 ms",
        "CPU us server",
        "CPU us database",
        "CPU ratio [min-max]",
        "Allocated B",
    ];

    private readonly List<string[]> rows = [];

    public int Count => rows.Count;

    public void Add(LoadPath path, IReadOnlyList<Series> all)
    {
        var ours = all.Single(one => one.Contender.Role == Role.Ours);
        var probe = all.SingleOrDefault(one => one.Contender.Role == Role.Probe);
        foreach (var theirs in all.Where(one => one.Contender.Role == Role.Other))
        {
            rows.Add([
                path.Name,
                Text($"{path.Callers}"),
                theirs.Contender.Name,
                Rate(theirs),
                probe is null ? "" : Rate(probe),
                Rate(ours),
                Text(ours.Over(theirs, one => one.PerSecond)),
                probe is null ? "" : Text(ours.Over(probe, one => one.PerSecond)),
                Short(ours.Median(one => one.P50)),
                Short(ours.Median(one => one.P99)),
                Short(theirs.Median(one => one.P99)),
                Short(ours.Median(one => one.ServerMicroseconds)),
                Short(ours.Median(one => one.DatabaseMicroseconds)),
                Text(theirs.Over(ours, one => one.Microseconds)),
                ours.AllocatedBytes is { } bytes ? Text($"{bytes:N0}") : "",
            ]);
        }
    }

    public string Markdown()
    {
        string[][] all = [Head, .. rows];
        int[] widths = [.. Head.Select((_, column) => all.Max(row => row[column].Length))];
        var lines = all.Select(row => Line(row.Select((cell, column) => cell.PadRight(widths[column])))).ToList();
        lines.Insert(1, Line(widths.Select(width => new string('-', width))));
        return string.Join('\n', lines);
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Rate(Series series) => Text($"{series.Median(one => one.PerSecond):N0}");

    private static string Text(Ratio ratio) => $"{Short(ratio.Median)} [{Short(ratio.Min)}-{Short(ratio.Max)}]";

    private static string Short(double value) =>
        value switch
        {
            0 => "0",
            >= 100 => Text($"{value:N0}"),
            >= 10 => Text($"{value:F1}"),
            >= 0.1 => Text($"{value:F2}"),
            _ => Text($"{value:G2}"),
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
