using System.Threading.RateLimiting;
using ImportCsv.Importers;

namespace ImportCsv.Imports;

/// <summary>
/// How much one importer takes, from wherever it comes: who reads its key off a page holds only so many of its owner's
/// imports, and burns only so many a minute.
/// </summary>
internal sealed class ImporterRates(IConfiguration configuration) : IDisposable
{
    private const int AtOnce = 20;
    private const int UsualImportsPerMinute = 120;

    private readonly PartitionedRateLimiter<Importer> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Importer, Guid>(importer =>
            RateLimitPartition.GetConcurrencyLimiter(
                importer.Id,
                _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = configuration.GetValue("ImportCsv:ImportsAtOnce", AtOnce),
                }
            )
        ),
        PartitionedRateLimiter.Create<Importer, Guid>(importer =>
            RateLimitPartition.GetSlidingWindowLimiter(
                importer.Id,
                _ => PublicRates.PerMinute(configuration.GetValue("ImportCsv:ImportsPerMinute", UsualImportsPerMinute))
            )
        )
    );

    /// <summary>A turn, to be given back when the import has ended; not acquired when it is too much.</summary>
    public RateLimitLease Ask(Importer importer) => limiter.AttemptAcquire(importer);

    public void Dispose() => limiter.Dispose();
}
