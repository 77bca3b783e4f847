using Standalone.Accounts;
using Standalone.ApiKeys;
using Tollgate;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Http;
using Tollgate.Usage;

namespace Standalone.Usage;

/// <summary>
/// Below <c>/v1/accounts/{account}</c>: whether it may do a thing (<c>check</c>), and units of meters (<c>reserve</c>,
/// <c>commit</c>, <c>release</c>).
/// </summary>
internal static class UsageRoutes
{
    /// <summary>One of the two.</summary>
    internal sealed record CheckRequest(string? Feature = null, string? Meter = null);

    /// <param name="Problem">Why not; null where it is allowed.</param>
    /// <param name="Use">Of a meter: where it stands.</param>
    internal sealed record CheckAnswer(bool Allowed, object? Problem, MeterUseAnswer? Use);

    /// <param name="Limit">Null is unlimited.</param>
    /// <param name="Remaining">Units that neither are counted nor held; null is unlimited.</param>
    /// <param name="ResetAt">When the count starts again; null until the first use.</param>
    internal sealed record MeterUseAnswer(
        string Meter,
        int Used,
        int Reserved,
        int? Limit,
        int? Remaining,
        DateTimeOffset? ResetAt
    );

    /// <param name="Key">The run, in 1 to 200 characters: the same one counts once. Default: a new one.</param>
    internal sealed record ReserveRequest(string Meter, string? Key = null);

    internal sealed record ReserveAnswer(string Meter, string Key, ReserveResult Result, DateTimeOffset ResetAt);

    /// <param name="Key">As <c>reserve</c> answered it.</param>
    internal sealed record SettleRequest(string Meter, string Key);

    internal sealed record SettleAnswer(string Meter, string Key, SettleResult Result);

    public static void MapUsage(this WebApplication app)
    {
        var group = app.MapGroup(AccountRoutes.Path).AddEndpointFilter<AccountInPath>();
        group.MapPost("/check", CheckAsync).RequireScope(ApiScope.Read).DescribedBy(UsageDescriptions.Check);
        var usage = group.MapGroup("").RequireScope(ApiScope.Usage);
        usage.MapPost("/reserve", ReserveAsync).DescribedBy(UsageDescriptions.Reserve);
        usage
            .MapPost(
                "/commit",
                (string account, HttpContext http, UsageMeters meters) => SettleAsync(http, meters.CommitAsync, account)
            )
            .DescribedBy(UsageDescriptions.Commit);
        usage
            .MapPost(
                "/release",
                (string account, HttpContext http, UsageMeters meters) =>
                    SettleAsync(http, meters.ReleaseAsync, account)
            )
            .DescribedBy(UsageDescriptions.Release);
    }

    private static async Task<IResult> CheckAsync(
        string account,
        HttpContext http,
        PlanCatalog catalog,
        AccessGate gate,
        PaymentBlock block,
        UsageMeters meters
    )
    {
        var request = await BillingJson.ReadAsync<CheckRequest>(http.Request);
        if (request.Refusal is { } unreadable)
        {
            return RefusalProblem.ToResult(unreadable);
        }

        var id = new AccountId(account);
        switch (request.Value)
        {
            case { Feature: { } feature, Meter: null }:
                return catalog.Features.Contains(feature)
                    ? Answer(await gate.RefuseAsync(id, feature, http.RequestAborted), use: null)
                    : RefusalProblem.ToResult(new UnknownFeature(feature));
            case { Feature: null, Meter: { } meter }:
                if (!catalog.HasMeter(meter))
                {
                    return RefusalProblem.ToResult(new UnknownMeter(meter));
                }

                var readings = await meters.ReadAsync(id, http.RequestAborted);
                var reading = readings.Single(one => one.Meter.Id == meter);
                var refusal =
                    await block.FindAsync(id, http.RequestAborted)
                    ?? await meters.RefuseAsync(id, reading, http.RequestAborted);
                return Answer(refusal, UseOf(reading));
            default:
                return RefusalProblem.ToResult(new InvalidRequest("Ask for a feature or for a meter: one of them."));
        }
    }

    private static async Task<IResult> ReserveAsync(
        string account,
        HttpContext http,
        PlanCatalog catalog,
        PaymentBlock block,
        UsageMeters meters
    )
    {
        var request = await BillingJson.ReadAsync<ReserveRequest>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var key = asked.Key ?? Guid.NewGuid().ToString("N");
        if (FindFault(catalog, asked.Meter, key) is { } fault)
        {
            return RefusalProblem.ToResult(fault);
        }

        var id = new AccountId(account);
        if (await block.FindAsync(id, http.RequestAborted) is { } blocked)
        {
            return RefusalProblem.ToResult(blocked);
        }

        // once it is made it is carried out: an answer that nobody waits for is asked for again under the same key
        var reserved = await meters.ReserveAsync(id, asked.Meter, key, CancellationToken.None);
        return reserved is { Refusal: null, Value: { } lease }
            ? BillingJson.Answer(new ReserveAnswer(lease.Meter, lease.Key, lease.Result, lease.WindowEndsAt))
            : RefusalProblem.ToResult(reserved.Refusal!);
    }

    private static async Task<IResult> SettleAsync(
        HttpContext http,
        Func<AccountId, string, string, CancellationToken, Task<SettleResult>> settleAsync,
        string account
    )
    {
        var catalog = http.RequestServices.GetRequiredService<PlanCatalog>();
        var request = await BillingJson.ReadAsync<SettleRequest>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (FindFault(catalog, asked.Meter, asked.Key) is { } fault)
        {
            return RefusalProblem.ToResult(fault);
        }

        try
        {
            var result = await settleAsync(new AccountId(account), asked.Meter, asked.Key, CancellationToken.None);
            return BillingJson.Answer(new SettleAnswer(asked.Meter, asked.Key, result));
        }
        catch (RunNotReservedException)
        {
            // of the library's callers a mistake, of the API's a refusal
            return RefusalProblem.ToResult(new RunNotReserved());
        }
    }

    private static Refusal? FindFault(PlanCatalog catalog, string meter, string key) =>
        !catalog.HasMeter(meter) ? new UnknownMeter(meter)
        : !UsageMeters.IsKey(key)
            ? new InvalidRequest($"A run's key has 1 to {UsageMeters.LongestKey} characters that can be seen.")
        : null;

    private static IResult Answer(Refusal? refusal, MeterUseAnswer? use) =>
        BillingJson.Answer(
            new CheckAnswer(
                refusal is null,
                refusal is null ? null : RefusalProblem.ToResult(refusal).ProblemDetails,
                use
            )
        );

    private static MeterUseAnswer UseOf(MeterReading reading) =>
        new(
            reading.Meter.Id,
            reading.Used,
            reading.Reserved,
            reading.Limit,
            reading.Limit is { } limit ? Math.Max(0, limit - reading.Used - reading.Reserved) : null,
            reading.WindowEndsAt
        );
}

/// <summary>A word that is no meter of the catalog.</summary>
internal sealed record UnknownMeter(string Meter)
    : Refusal("unknown_meter", 400, "There is no such meter.", "Send the id of a meter of the catalog.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("meter", Meter)];
}

/// <summary>A word that is no feature of the catalog.</summary>
internal sealed record UnknownFeature(string Feature)
    : Refusal("unknown_feature", 400, "There is no such feature.", "Send one that the catalog declares.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("feature", Feature)];
}

/// <summary>Nothing is held under the key.</summary>
internal sealed record RunNotReserved()
    : Refusal("run_not_reserved", 404, "No unit is held for this run.", "Reserve one first, and send the same key.");
