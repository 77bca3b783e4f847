using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Keeps what a host logs, as an operator would read it.</summary>
internal sealed class HostLog : ILoggerProvider
{
    /// <summary>Hosts of tests log warnings only, unless set otherwise.</summary>
    public const string Informative = "--Logging:LogLevel:Tollgate=Information";

    private readonly ConcurrentQueue<LogLine> lines = new();

    public IReadOnlyList<LogLine> Lines => [.. lines];

    /// <summary>For <see cref="HydraHost.StartAsync(Action{WebApplication}?, string[])"/>.</summary>
    public void ListenTo(WebApplication app) => app.Services.GetRequiredService<ILoggerFactory>().AddProvider(this);

    public IReadOnlyList<LogLine> With(string words) =>
        [.. lines.Where(line => line.Text.Contains(words, StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    internal sealed record LogLine(LogLevel Level, string Category, string Text);

    private sealed class Logger(HostLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => log.lines.Enqueue(new LogLine(logLevel, category, $"{formatter(state, exception)} {exception}".Trim()));
    }
}
