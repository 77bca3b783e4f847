using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Administration;
using Tollgate.Administration.Commands;
using Tollgate.Catalog;
using Tollgate.Reconciliation;

namespace Tollgate;

/// <summary>HTTP's side of what administrators see. It reads, and changes nothing.</summary>
internal static class AdministrationEndpoints
{
    private const int PageSize = 50;
    private const int LatestRuns = 10;

    public static async Task<IResult> AccountsAsync(
        FindAccounts accounts,
        CancellationToken cancellationToken,
        string search = "",
        string after = ""
    ) => BillingJson.Answer(await accounts.RunAsync(search, after, PageSize, cancellationToken));

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
        var explained = await explain.RunAsync(account, cancellationToken);
        if (explained.Value is not { } found)
        {
            return RefusalProblem.ToResult(explained.Refusal!);
        }

        var end = Math.Clamp(before ?? found.Timeline.Count, 0, found.Timeline.Count);
        var start = Math.Max(0, end - PageSize);
        var state = found.State;
        return BillingJson.Answer(
            new
            {
                Account = await accounts.FindAsync(found.Account, cancellationToken),
                found.Access,
                Override = state.OverrideTier is null
                    ? null
                    : new
                    {
                        Tier = state.OverrideTier,
                        Author = state.OverrideAuthor,
                        Reason = state.OverrideReason,
                        Until = state.OverrideUntil,
                    },
                Tiers = catalog.Plans.Select(plan => new { plan.Id, plan.Name }),
                Reversals = state.Reversals.Reverse(),
                Alerts = await alerts.OfAsync(found.Account, cancellationToken),
                Timeline = found.Timeline.Take(new Range(start, end)).Reverse(),
                Next = start == 0 ? (int?)null : start,
            }
        );
    }

    public static async Task<IResult> EventsAsync(
        EventList events,
        CancellationToken cancellationToken,
        string? state = null,
        string? type = null,
        string? account = null,
        string? after = null
    )
    {
        var filter = new EventFilter(
            Given(state),
            Given(type),
            Given(account),
            Most: PageSize + 1,
            After: Given(after)
        );
        var found = await events.ListAsync(filter, cancellationToken);
        return BillingJson.Answer(
            new { Events = found.Take(PageSize), Next = found.Count > PageSize ? found[PageSize - 1].EventId : null }
        );
    }

    public static async Task<IResult> EventAsync(string id, EventList events, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(id, cancellationToken) is not { } found)
        {
            return RefusalProblem.ToResult(new EventNotFound(id));
        }

        return BillingJson.Answer(
            new
            {
                found.Event,
                Payload = ShownPayload(found.Body),
                CanReplay = EventList.Replayable.Contains(found.Event.State),
            }
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
            new
            {
                Runs = runs,
                Run = shown,
                Findings = page.Select(one => new
                {
                    one.Subject,
                    one.Kind,
                    one.Account,
                    one.FoundAt,
                    Change = one.Before is null ? null : StateChanges.Between(one.Before, one.After!),
                }),
                Next = found.Count > PageSize ? new { page[^1].Subject, page[^1].Kind } : null,
                Alerts = await alerts.OfAllAsync(PageSize, cancellationToken),
            }
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
            new
            {
                Now = await figures.NowAsync(cancellationToken),
                By = by,
                Plans = catalog.Plans.Select(plan => new { plan.Id, plan.Name }),
                Meters = catalog.Meters.Select(meter => new { meter.Id, meter.Name }),
                Series = by == "day" ? days : FigureSeries.ByMonth(days),
            }
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
            new
            {
                Billing = new { billing.IsOn, IsOffByEnvironment = !options.BillingEnabled },
                Actions = found
                    .Take(PageSize)
                    .Select(entry => new
                    {
                        entry.Id,
                        entry.At,
                        entry.Action.Author,
                        entry.Action.Action,
                        entry.Action.Account,
                        entry.Action.Subject,
                        entry.Action.Why,
                        entry.Outcome,
                    }),
                Next = found.Count > PageSize ? found[PageSize - 1].Id : (long?)null,
            }
        );
    }

    private static string? Given(string? parameter) => string.IsNullOrWhiteSpace(parameter) ? null : parameter.Trim();

    private static JsonNode? ShownPayload(string body)
    {
        try
        {
            return HiddenSecrets.Of(body);
        }
        catch (JsonException)
        {
            // verified, recorded and set aside as unreadable: what cannot be read cannot be cleared of secrets
            return string.Create(CultureInfo.InvariantCulture, $"{body.Length} characters that are no JSON");
        }
    }
}
