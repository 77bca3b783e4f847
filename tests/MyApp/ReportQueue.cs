using Tollgate;
using Tollgate.Usage;

namespace MyApp;

public sealed class ReportQueue(UsageMeters meters)
{
    public async Task<string> RunAsync(
        AccountId account,
        string job,
        Func<Task<string>> write,
        CancellationToken cancellationToken
    )
    {
        var reserved = await meters.ReserveAsync(account, "report", job, cancellationToken);
        if (reserved.Refusal is { } refusal)
        {
            return refusal.Code;
        }

        try
        {
            var report = await write();
            await meters.CommitAsync(account, "report", job, CancellationToken.None);
            return report;
        }
        catch
        {
            await meters.ReleaseAsync(account, "report", job, CancellationToken.None);
            throw;
        }
    }
}
