using System.Globalization;

namespace Tollgate.Load.Processes;

/// <summary>Memory by <c>/proc</c>, in bytes.</summary>
internal static class ProcessMemory
{
    private const string Member = "VmRSS:";

    public static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .Single(line => line.StartsWith(Member, StringComparison.Ordinal));
        var kilobytes = line[Member.Length..].Replace("kB", "", StringComparison.Ordinal);
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }
}
