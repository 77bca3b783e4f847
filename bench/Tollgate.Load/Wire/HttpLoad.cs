using System.Diagnostics;
using Tollgate.Load.Measuring;

namespace Tollgate.Load.Wire;

/// <summary>Loads one address from as many connections as are asked for, each waiting for its answer.</summary>
internal static class HttpLoad
{
    private const int Accepted = 200;

    /// <exception cref="InvalidOperationException">Something was answered otherwise than with 200 and JSON.</exception>
    public static async Task<LatencyHistogram> RunAsync(
        Uri address,
        IReadOnlyList<IRequests> connections,
        TimeSpan length,
        CancellationToken cancellationToken
    )
    {
        var open = new List<WireConnection>();
        try
        {
            foreach (var _ in connections)
            {
                var connection = new WireConnection();
                open.Add(connection);
                await connection.ConnectAsync(address, cancellationToken);
            }

            var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
            var each = await Task.WhenAll(
                open.Zip(
                    connections,
                    (one, requests) => Task.Run(() => SendAsync(one, requests, end, cancellationToken))
                )
            );
            var all = new LatencyHistogram();
            Array.ForEach(each, all.Add);
            return all;
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<LatencyHistogram> SendAsync(
        WireConnection connection,
        IRequests requests,
        long end,
        CancellationToken cancellationToken
    )
    {
        var latencies = new LatencyHistogram();
        for (var now = Stopwatch.GetTimestamp(); now < end; )
        {
            var request = requests.Next();
            var sent = Stopwatch.GetTimestamp();
            var status = await connection.ExchangeAsync(request, cancellationToken);
            now = Stopwatch.GetTimestamp();
            latencies.Add(now - sent);
            if (status != Accepted || !connection.Answer.Contains((byte)'{'))
            {
                var answer = System.Text.Encoding.UTF8.GetString(connection.Answer);
                throw new InvalidOperationException($"A request was answered {status}: {answer}");
            }
        }

        return latencies;
    }
}
