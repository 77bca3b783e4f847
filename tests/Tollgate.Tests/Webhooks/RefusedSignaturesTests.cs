using Microsoft.Extensions.Logging;
using Tollgate.Tests.Stripe;
using Tollgate.Webhooks;

namespace Tollgate.Tests.Webhooks;

public sealed class RefusedSignaturesTests
{
    private readonly FakeTime time = new();
    private readonly Lines log = new();

    [Fact]
    [Trait("decision", "W9")]
    public void A_flood_of_one_reason_is_a_line_a_minute_that_counts_it_and_hides_no_other_reason()
    {
        var refused = new RefusedSignatures(time, log);
        foreach (var _ in Enumerable.Range(0, 100))
        {
            refused.Note(SignatureFault.NoMatch);
        }

        refused.Note(SignatureFault.TooOld);
        time.Advance(TimeSpan.FromSeconds(61));
        refused.Note(SignatureFault.NoMatch);

        Assert.Equal(3, log.Texts.Count);
        Assert.Contains("matches none of the webhook secrets (0 more", log.Texts[0], StringComparison.Ordinal);
        Assert.Contains("too old", log.Texts[1], StringComparison.Ordinal);
        Assert.Contains("matches none of the webhook secrets (99 more", log.Texts[2], StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger<RefusedSignatures>
    {
        public List<string> Texts { get; } = [];

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
            Assert.Equal(LogLevel.Warning, logLevel);
            Texts.Add(formatter(state, exception));
        }
    }
}
