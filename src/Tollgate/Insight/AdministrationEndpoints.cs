using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Tollgate.Alerts;
using Tollgate.Catalog;
using Tollgate.Http;
using Tollgate.Inbox;
using Tollgate.Reconciliation;
using Tollgate.Settings;

namespace Tollgate.Insight;

/// <summary>HTTP's side of what administrators see. It reads, and changes nothing.</summary>
internal static class AdministrationEndpoints
{
    private const int PageSize = 50;
    private const int LatestRuns = 10;

    public static async Task<IResult> AccountsAsync(
        FindAccounts accounts,
        CancellationToken cancellationToken,
        string search = "",
        string after = "",
        [FromQuery(Name = "without_end")] bool withoutEnd = false
    ) =>
        BillingJson.Answer(
            withoutEnd
                ? await accounts.OpenEndedAsync(after, PageSize, cancellationToken)
                : await accounts.RunAsync(search, after, PageSize, cancellationToken)
        );

    /// <summary>The timeline comes the newest first; <c>next</c> is the cursor of what came before.</summary>
    public static async Task<IResult> AccountAsync(
        string account,
        FindAccounts accounts,
        Explain explain,
        OpenAlerts alerts,
        PlanCatalog catalog,
        CancellationToken cancellationToken,
        int? before = null
    )
    {
        var explained = await explain.RunAsync(WithSlashes(account), cancellationToken);
        if (explained.Value is not { } found)
        {
            return RefusalProblem.ToResult(explained.Refusal!);
        }

        var end = Math.Clamp(before ?? found.Timeline.Count, 0, found.Timeline.Count);
        var start = Math.Max(0, end - PageSize);
        var state = found.State;
        return BillingJson.Answer(
            new AccountAnswer(
                await accounts.FindAsync(found.Account, cancellationToken),
                found.Access,
                state.OverrideTier is { } tier
                    ? new OverrideShown(tier, state.OverrideAuthor, state.OverrideReason, state.OverrideUntil)
                    : null,
                [.. catalog.Plans.Select(plan => new NamedId(plan.Id, plan.Name))],
                [.. state.RefundsAndDisputes.Reverse()],
                await alerts.OfAsync(found.Account, cancellationToken),
                [.. found.Timeline.Take(new Range(start, end)).Reverse()],
                start == 0 ? null : start
            )
        );
    }

    public static async Task<IResult> EventsAsync(
        EventList events,
        CancellationToken cancellationToken,
        string? state = null,
        string? type = null,
        string? account = null,
        string? reason = null,
        string? after = null
    )
    {
        var filter = new EventFilter(Given(state), Given(type), Given(account), Most: PageSize + 1, After: Given(after))
        {
            Reason = Given(reason),
        };
        var found = await events.ListAsync(filter, cancellationToken);
        return BillingJson.Answer(
            new EventPage([.. found.Take(PageSize)], found.Count > PageSize ? found[PageSize - 1].EventId : null)
        );
    }

    public static async Task<IResult> EventAsync(string id, EventList events, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(id, cancellationToken) is not { } found)
        {
            return RefusalProblem.ToResult(new EventNotFound(id));
        }

        return BillingJson.Answer(
            new EventAnswer(found.Event, ShownPayload(found.Body), EventList.Replayable.Contains(found.Event.State))
        );
    }

    /// <summary>The latest runs, and what one of them found: the one that is asked for, or the latest.</summary>
    public static async Task<IResult> DriftAsync(
        ReadDrift drift,
        OpenAlerts alerts,
        CancellationToken cancellationToken,
        long? run = null,
        string subject = "",
        string kind = ""
    )
    {
        var runs = await drift.RunsAsync(LatestRuns, cancellationToken);
        var shown = run ?? runs.FirstOrDefault()?.RunId;
        var found = shown is { } id
            ? await drift.FindingsAsync(id, new DriftFinding(subject, kind), PageSize + 1, cancellationToken)
            : [];
        var page = found.Take(PageSize).ToList();
        return BillingJson.Answer(
            new DriftAnswer(
                runs,
                shown,
                [.. page.Select(Show)],
                found.Count > PageSize ? new FindingCursor(page[^1].Subject, page[^1].Kind) : null,
                await alerts.OfAllAsync(PageSize, cancellationToken)
            )
        );
    }

    public static async Task<IResult> FiguresAsync(
        ReadFigures figures,
        PlanCatalog catalog,
        BillingClock clock,
        CancellationToken cancellationToken,
        string by = "day"
    )
    {
        if (by is not ("day" or "month"))
        {
            return RefusalProblem.ToResult(new InvalidRequest("by is day or month."));
        }

        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        // whole months, this one excepted
        var from = by == "day" ? today.AddDays(-89) : new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
        var days = await figures.DaysAsync(from, cancellationToken);
        return BillingJson.Answer(
            new FiguresAnswer(
                await figures.NowAsync(cancellationToken),
                by,
                [.. catalog.Plans.Select(plan => new NamedId(plan.Id, plan.Name))],
                [.. catalog.Meters.Select(meter => new NamedId(meter.Id, meter.Name))],
                by == "day" ? days : FigureSeries.ByMonth(days)
            )
        );
    }

    public static async Task<IResult> ActionsAsync(
        OperatorLog log,
        BillingSwitch billing,
        TollgateOptions options,
        CancellationToken cancellationToken,
        long? before = null
    )
    {
        var found = await log.ListAsync(before, PageSize + 1, cancellationToken);
        return BillingJson.Answer(
            new ActionPage(
                new SwitchShown(billing.IsOn, IsOffByEnvironment: !options.BillingEnabled),
                [.. found.Take(PageSize).Select(Show)],
                found.Count > PageSize ? found[PageSize - 1].Id : null
            )
        );
    }

    /// <summary>Routing leaves a slash in a segment as it was escaped, and undoes every other escape.</summary>
    internal static string WithSlashes(string segment) =>
        segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static FindingShown Show(DriftFinding one) =>
        new(
            one.Subject,
            one.Kind,
            one.Account,
            one.FoundAt,
            one.Before is null ? null : StateChanges.Between(one.Before, one.After!)
        );

    private static ActionShown Show(OperatorEntry entry) =>
        new(
            entry.Id,
            entry.At,
            entry.Action.Author,
            entry.Action.Action,
            entry.Action.Account,
            entry.Action.Subject,
            entry.Action.Why,
            entry.Outcome
        );

    private static string? Given(string? parameter) => string.IsNullOrWhiteSpace(parameter) ? null : parameter.Trim();

    private static JsonNode? ShownPayload(string body)
    {
        if (body.Length == 0)
        {
            return EventList.BodyIsGone;
        }

        try
        {
            return HiddenSecrets.Of(body);
        }
        catch (JsonException)
        {
            // verified, recorded and quarantined as unreadable: what cannot be read cannot be cleared of secrets
            return string.Create(CultureInfo.InvariantCulture, $"{body.Length} characters that are no JSON");
        }
    }
}
