using System.Globalization;

namespace Tollgate.Load.Processes;

/// <summary>Processor time by <c>/proc</c>, in microseconds.</summary>
internal static class ProcessorTime
{
    // USER_HZ, which Linux shows to programs as 100 on every machine
    private const double MicrosecondsPerTick = 10_000;

    public static double Of(int process) => Read(process) is { } stat ? stat.Own : 0;

    /// <summary>Of a process, the children that run now and those that it has waited for.</summary>
    public static double OfTree(int parent)
    {
        var sum = Read(parent) is { } stat ? stat.Own + stat.Ended : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && Read(process) is { } child
                && child.Parent == parent
            )
            {
                sum += child.Own;
            }
        }

        return sum;
    }

    public static int ParentOf(int process) =>
        Read(process)?.Parent ?? throw new InvalidOperationException($"Process {process} has ended.");

    private static Stat? Read(int process)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }

        // the name stands in parentheses and may hold anything
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        double Ticks(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture) * MicrosecondsPerTick;
        return new Stat(
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            Ticks(11) + Ticks(12),
            Ticks(13) + Ticks(14)
        );
    }

    private sealed record Stat(int Parent, double Own, double Ended);
}
