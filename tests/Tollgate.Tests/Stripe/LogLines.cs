using Microsoft.Extensions.Logging;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILogger<StripeClient>
{
    private readonly List<(LogLevel Level, string Text)> lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        lock (lines)
        {
            lines.Add((logLevel, $"{formatter(state, exception)} {exception}"));
        }
    }
}
