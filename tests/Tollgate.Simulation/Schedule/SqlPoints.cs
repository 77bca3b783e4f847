using Microsoft.Extensions.Logging;

namespace Tollgate.Simulation.Schedule;

/// <summary>
/// Makes every statement and every commit of a node a point, by listening to what Npgsql logs: production code needs
/// no hook for it.
/// </summary>
internal sealed class SqlPoints : ILoggerFactory, ILogger
{
    private const int LongestName = 60;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Nothing else listens to a simulated node's database.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Debug or LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (Operation.Running is not { } operation)
        {
            return;
        }

        switch (eventId.Name)
        {
            case "StartedTransaction":
                operation.IsInTransaction = true;
                break;
            case "RolledBackTransaction":
                operation.IsInTransaction = false; // the server rolls back for the dead, too
                break;
            case "CommittedTransaction":
                operation.IsInTransaction = false;
                operation.Reach("committed");
                break;
            case "ExecutingCommand" or "ExecutingCommandWithParameters":
                Reach(operation, formatter(state, exception));
                break;
        }
    }

    public void Dispose() { }

    private static void Reach(Operation operation, string sql)
    {
        // a node's operations take turns at the read budget, where the schedule could not see one wait for another
        if (sql.Contains("stripe_read_budget", StringComparison.Ordinal))
        {
            operation.Pass();
            return;
        }

        var words = sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => !IsUpper(word));
        var name = string.Join(' ', words);
        operation.Reach(name.Length <= LongestName ? name : name[..LongestName]);
    }

    // what the log puts before the statement is not
    private static bool IsUpper(string word) => Array.TrueForAll(word.ToCharArray(), char.IsAsciiLetterUpper);
}
