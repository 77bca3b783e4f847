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

    /// <summary>Of the thread by which .NET compiles anew what is called often.</summary>
    public static double OfCompiler(int process)
    {
        var sum = 0.0;
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            var stat = ReadFile($"{folder}/stat");
            sum += stat?.Name.StartsWith(".NET Tiered Com", StringComparison.Ordinal) == true ? stat.Own : 0;
        }

        return sum;
    }

    public static int ParentOf(int process) =>
        Read(process)?.Parent ?? throw new InvalidOperationException($"Process {process} has ended.");

    private static Stat? Read(int process) => ReadFile($"/proc/{process}/stat");

    private static Stat? ReadFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }

        // the name stands in parentheses and may hold anything
        var end = text.LastIndexOf(')');
        var name = text[(text.IndexOf('(') + 1)..end];
        var fields = text[(end + 2)..].Split(' ');
        var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
        return new Stat(name, parent, Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));

        double Ticks(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture) * MicrosecondsPerTick;
    }

    private sealed record Stat(string Name, int Parent, double Own, double Ended);
}
