using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Startup;
using Tollgate.Subscriptions;
using Tollgate.Telemetry;

namespace Tollgate.Access;

/// <summary>
/// Listens to the commit's notifications, so that the gate of every node invalidates a changed account, and its
/// streams push it.
/// </summary>
internal sealed partial class AccountListener(
    NpgsqlDataSource database,
    AccessGate gate,
    AccountStreams streams,
    WorkerHeartbeats heartbeats,
    ILogger<AccountListener> log
) : ListenLoop("accounts", ProjectionCommit.Channel, Quiet, database, heartbeats)
{
    /// <summary>A connection gone without a word is found within 5 seconds; then gates read the database.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    protected override void Notified(string payload)
    {
        var account = new AccountId(payload);
        gate.Forget(account);
        streams.Wake(account);
    }

    protected override void SetListening(bool isListening)
    {
        gate.SetListening(isListening);
        streams.WakeAll();
    }

    protected override void Failed(Exception failure) => LogLost(failure); // the gate reads every row afresh

    [LoggerMessage(Level = LogLevel.Warning, Message = "The listening connection was lost; gates read the database")]
    private partial void LogLost(Exception failure);
}
