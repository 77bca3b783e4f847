using Tollgate.Catalog;
using Tollgate.Usage;

namespace Tollgate.Tests.Usage;

/// <summary>Data of the meters' tests: three meters that share a window, as Hydra has them.</summary>
internal static class SomeMeters
{
    public const int FreeFixes = 5;
    public static readonly TimeSpan Length = TimeSpan.FromDays(30);
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly AccountId Acme = new("acme");
    public static readonly string[] Group = ["fix", "doc_run", "linear_cycle"];

    public static PlanCatalog Catalog { get; } =
        new(
            "Hydra",
            [
                new Plan("free", "Free")
                {
                    Limits = new Dictionary<string, int>
                    {
                        ["fix"] = FreeFixes,
                        ["doc_run"] = 1,
                        ["linear_cycle"] = 5,
                    },
                },
            ],
            [
                new Meter("fix", "Fixes", "fixes", "runs", Length),
                new Meter("doc_run", "Doc runs", "doc_runs", "runs", Length),
                new Meter("linear_cycle", "Linear cycles", "linear_cycles", "runs", Length),
            ],
            features: []
        );

    public static MeterRow Row(string meter = "fix") => new(new MeterKey(Acme, meter));

    public static MeterRow[] Rows() => Array.ConvertAll(Group, Row);

    public static ReserveCall Reserve(
        string key,
        DateTimeOffset? now = null,
        int? freeLimit = FreeFixes,
        bool enforce = true
    ) => new(new MeterKey(Acme, "fix"), key, "free_tier", Group, Length, freeLimit, enforce, now ?? Start);

    public static SettleCall Commit(string key, DateTimeOffset? now = null) =>
        new(new(new(Acme, "fix"), key), Succeeded: true, now ?? Start);

    public static SettleCall Release(string key, DateTimeOffset? now = null) =>
        new(new(new(Acme, "fix"), key), Succeeded: false, now ?? Start);
}
