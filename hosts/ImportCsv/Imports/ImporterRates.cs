using System.Threading.RateLimiting;
using ImportCsv.Importers;

namespace ImportCsv.Imports;

/// <summary>
/// How much one importer takes, and one address of it: who reads its key off a page holds only a part of what is taken
/// at once, and burns only a part of what is taken in a minute, so the others' imports go on.
/// </summary>
internal sealed class ImporterRates(IConfiguration configuration) : IDisposable
{
    private readonly Lock turnsLock = new();
    private readonly List<UploadTurn> turns = [];
    private readonly int atOnce = configuration.GetValue("ImportCsv:ImportsAtOnce", 20);
    private readonly int atOnceOfAddress = configuration.GetValue("ImportCsv:ImportsAtOnceOfAddress", 8);

    private readonly PartitionedRateLimiter<(Guid Importer, string Address)> perMinute =
        PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<(Guid Importer, string Address), (Guid, string)>(caller =>
                PerMinute(caller, configuration.GetValue("ImportCsv:ImportsPerMinuteOfAddress", 60))
            ),
            PartitionedRateLimiter.Create<(Guid Importer, string Address), Guid>(caller =>
                PerMinute(caller.Importer, configuration.GetValue("ImportCsv:ImportsPerMinute", 120))
            )
        );

    /// <summary>A turn, to be given back when the import has ended; null when it is too much.</summary>
    /// <param name="address">The network that it comes from.</param>
    public UploadTurn? Ask(Importer importer, string address)
    {
        lock (turnsLock)
        {
            var held = turns.FindAll(turn => turn.Importer == importer.Id);
            var own = held.Count(turn => turn.Address == address);
            if (own >= atOnceOfAddress)
            {
                return null;
            }

            var displaced = held.Count < atOnce ? null : OldestOfMany(held, own);
            if (held.Count >= atOnce && displaced is null)
            {
                return null;
            }

            using var lease = perMinute.AttemptAcquire((importer.Id, address));
            if (!lease.IsAcquired)
            {
                return null;
            }

            if (displaced is not null)
            {
                turns.Remove(displaced);
                displaced.Displace();
            }

            var turn = new UploadTurn(importer.Id, address, Return);
            turns.Add(turn);
            return turn;
        }
    }

    public void Dispose() => perMinute.Dispose();

    /// <summary>The oldest of the address that holds most, if that is more than the newcomer would hold.</summary>
    private static UploadTurn? OldestOfMany(List<UploadTurn> held, int own) =>
        held.GroupBy(turn => turn.Address)
            .Where(turns => turns.Count() > own + 1)
            .MaxBy(turns => turns.Count())
            ?.First();

    private void Return(UploadTurn turn)
    {
        lock (turnsLock)
        {
            turns.Remove(turn);
        }
    }

    private static RateLimitPartition<T> PerMinute<T>(T key, int calls) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => PublicRates.PerMinute(calls));
}

/// <summary>The right to send one import; it ends early when somebody else is to have it.</summary>
internal sealed class UploadTurn(Guid importer, string address, Action<UploadTurn> give) : IDisposable
{
    private readonly CancellationTokenSource displaced = new();

    public Guid Importer => importer;

    public string Address => address;

    public bool IsDisplaced => displaced.IsCancellationRequested;

    public CancellationToken Displaced => displaced.Token;

    public void Displace() => displaced.CancelAfter(TimeSpan.Zero);

    public void Dispose()
    {
        give(this);
        displaced.Dispose();
    }
}
