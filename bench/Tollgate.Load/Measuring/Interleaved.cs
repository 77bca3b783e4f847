using Tollgate.Load.Processes;

namespace Tollgate.Load.Measuring;

/// <summary>
/// All contenders of a path in turns, each repetition in another order, so that what else the machine does meets all of
/// them: what counts is the ratio within one repetition.
/// </summary>
internal static class Interleaved
{
    private const int WarmUpsMax = 15;

    /// <summary>Of one core: a server that compiles less than this runs what it will go on running.</summary>
    private const double CompilesMax = 0.03;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Series>> RunAsync(
        IReadOnlyList<Contender> contenders,
        LoadOptions options,
        CancellationToken cancellationToken
    )
    {
        var series = contenders.Select(contender => new Series(contender)).ToList();
        foreach (var contender in contenders)
        {
            await WarmUpAsync(contender, cancellationToken);
        }

        for (var repetition = 0; repetition < options.Repetitions; repetition++)
        {
            for (var turn = 0; turn < series.Count; turn++)
            {
                var one = series[(repetition + turn) % series.Count];
                one.Runs.Add(await one.Contender.RunAsync(options.Length, cancellationToken));
            }
        }

        // what counts them costs a little, and is no part of a repetition
        foreach (var one in series.Where(one => one.Contender.Role == Role.Ours))
        {
            one.AllocatedBytes =
                await one.Contender.CountAllocationsAsync(options.Length, cancellationToken)
                ?? one.Median(run => run.AllocatedBytes ?? 0);
        }

        return series;
    }

    /// <summary>As long as .NET compiles anew what is called often, it is that which would be measured.</summary>
    private static async Task WarmUpAsync(Contender contender, CancellationToken cancellationToken)
    {
        for (var run = 0; run < WarmUpsMax; run++)
        {
            var before = ProcessorTime.OfCompiler(contender.Process);
            await contender.RunAsync(WarmUp, cancellationToken);
            var compiled = ProcessorTime.OfCompiler(contender.Process) - before;
            if (compiled < WarmUp.TotalMicroseconds * CompilesMax)
            {
                return;
            }
        }
    }
}

/// <summary>A contender with its repetitions, in the order of the run.</summary>
internal sealed record Series(Contender Contender)
{
    public List<Measurement> Runs { get; } = [];

    /// <summary>Per operation; of ours alone.</summary>
    public double? AllocatedBytes { get; set; }

    public double Median(Func<Measurement, double> value) => MedianOf([.. Runs.Select(value)]);

    /// <summary>Paired by repetition.</summary>
    public Ratio Over(Series other, Func<Measurement, double> value)
    {
        double[] ratios = [.. Runs.Zip(other.Runs, (mine, theirs) => value(mine) / value(theirs)).Order()];
        return new Ratio(MedianOf(ratios), ratios[0], ratios[^1]);
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);
}

/// <summary>Median, least and most.</summary>
internal sealed record Ratio(double Median, double Min, double Max);
