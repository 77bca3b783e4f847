using Microsoft.Extensions.Logging;

namespace Tollgate.Webhooks;

/// <summary>
/// Says in the log that deliveries are refused, and why: anybody can make us refuse one, so for each reason at most a
/// line a minute, which counts those that it stands for. Neither body nor signature is said (decision W9).
/// </summary>
internal sealed partial class RefusedSignatures(TimeProvider machineTime, ILogger<RefusedSignatures> log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Lock turn = new();
    private readonly Dictionary<SignatureFault, (long LoggedAt, int Unsaid)> noted = [];

    public void Note(SignatureFault fault)
    {
        int unsaid;
        lock (turn)
        {
            var isKnown = noted.TryGetValue(fault, out var last);
            if (isKnown && machineTime.GetElapsedTime(last.LoggedAt) < Between)
            {
                noted[fault] = last with { Unsaid = last.Unsaid + 1 };
                return;
            }

            unsaid = last.Unsaid;
            noted[fault] = (machineTime.GetTimestamp(), 0);
        }

        LogRefused(WordsFor(fault), unsaid);
    }

    private static string WordsFor(SignatureFault fault) =>
        fault switch
        {
            SignatureFault.NoHeader => "it has no signature",
            SignatureFault.Malformed => "its signature has no form that Stripe uses",
            SignatureFault.TooOld => "its signature is too old, or this machine's clock is wrong",
            SignatureFault.NoMatch => "its signature matches none of the webhook secrets",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "The set of faults is closed."),
        };

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A webhook delivery was refused with 400: {Reason} ({Unsaid} more like it since the last such line)"
    )]
    private partial void LogRefused(string reason, int unsaid);
}
