namespace Tollgate.Commands;

/// <summary>How far a long work is, as lines, where nobody's terminal can show a bar: one every few seconds.</summary>
internal sealed class CommandProgress(string what, TextWriter lines, TimeProvider machineTime)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private long last = machineTime.GetTimestamp();

    /// <param name="all">0 means that nobody knows how much there is.</param>
    public void Report(int done, int all)
    {
        if (machineTime.GetElapsedTime(last) < Every)
        {
            return;
        }

        last = machineTime.GetTimestamp();
        lines.WriteLine(all == 0 ? $"{what}: {done} so far" : $"{what}: {done} of {all}");
    }
}
