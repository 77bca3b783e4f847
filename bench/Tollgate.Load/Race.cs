using System.Globalization;

namespace Tollgate.Load;

/// <summary>Two ways to do one thing, timed in turns in the same run: what counts is their ratio.</summary>
/// <param name="Callers">How many call at once, each waiting for its answer.</param>
/// <param name="Ours">One call of what we ship; the number makes it different from the others.</param>
/// <param name="Baseline">One call of the plain way.</param>
internal sealed record Race(string Name, int Callers, Func<long, Task> Ours, Func<long, Task> Baseline)
{
    private const int Repetitions = 5;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);
    private static long calls;

    public async Task<string> RunAsync()
    {
        await MeasureAsync(Ours);
        await MeasureAsync(Baseline);
        var ours = new List<double>();
        var baseline = new List<double>();
        for (var i = 0; i < Repetitions; i++)
        {
            ours.Add(await MeasureAsync(Ours));
            baseline.Add(await MeasureAsync(Baseline));
        }

        var ratios = ours.Zip(baseline, (one, other) => one / other).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}, {Callers} callers: {Median(ours):N0}/s against {Median(baseline):N0}/s, "
                + $"ratio {Median(ratios):F2} [{ratios[0]:F2}-{ratios[^1]:F2}]"
        );
    }

    private async Task<double> MeasureAsync(Func<long, Task> call)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var done = await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var count = 0L;
                        while (clock.GetElapsedTime(started) < Length)
                        {
                            await call(Interlocked.Increment(ref calls));
                            count++;
                        }

                        return count;
                    })
                )
        );
        return done.Sum() / clock.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
