using System.Globalization;

namespace Tollgate.SandboxLoad;

/// <summary>
/// What a piece of work cost: processor time of all threads of a process, and what was allocated here.
/// </summary>
internal sealed record Spent(int Count, TimeSpan Processor, long Allocated)
{
    public static readonly string Header =
        $"{"", -46} {"a second of one core", 21} {"µs of a core", 13} {"allocated", 10}";

    /// <param name="processor">The processor time so far of the process that works; null is this one.</param>
    public static async Task<Spent> OnAsync(int count, Func<Task> work, Func<TimeSpan>? processor = null)
    {
        var isHere = processor is null;
        processor ??= static () => Environment.CpuUsage.TotalTime;
        var before = processor();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await work();
        allocated = isHere ? GC.GetTotalAllocatedBytes(precise: true) - allocated : 0;
        return new Spent(count, processor() - before, allocated);
    }

    public string Row(string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -46} {Count / Processor.TotalSeconds, 21:N0} {Processor.TotalMicroseconds / Count, 13:N0}"
                + $" {(Allocated == 0 ? "" : (Allocated / Count).ToString("N0", CultureInfo.InvariantCulture)), 10}"
        );
}
