namespace Tollgate.Administration;

/// <summary>What only tests can show, by the names under which they stand; the suite must be green.</summary>
internal static class StandingTests
{
    public static IReadOnlyList<Finding> All { get; } =
    [
        Finding.Look("signature on every request", "test X01, X02, X03 in WebhookTests"),
        Finding.Look("each event twice", "CliEventsTests: the second delivery is a no-op"),
        Finding.Look("free is refused", "GateTests"),
        Finding.Look("past due inside and after the grace", "LifecycleTests"),
        Finding.Look("canceled before and after the period's end", "LifecycleTests"),
        Finding.Look("roll-back", "MigrationTests: down with rows, then up"),
    ];
}
