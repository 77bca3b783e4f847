using Microsoft.AspNetCore.Http;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Deadlines;
using Tollgate.Http;
using Tollgate.Inbox;
using Tollgate.Reconciliation;
using Tollgate.Settings;
using Tollgate.Subscriptions;

namespace Tollgate.Insight;

/// <summary>
/// HTTP's side of the few things that administrators do. Each says why, and is written down with who did it before it
/// is done. The account that it is done to is the object of the call, never who calls.
/// </summary>
internal static class OperatorEndpoints
{
    private const int LongestWhy = 500;

    internal sealed record Reason(string Why);

    /// <param name="Until">Null for no end, which only plans that are sold off Stripe may have.</param>
    internal sealed record OverrideRequest(string Tier, string Why, DateTimeOffset? Until = null);

    internal sealed record SwitchRequest(bool On, string Why);

    public static async Task<IResult> ReplayAsync(HttpContext http, string id, EventList events, OperatorLog log)
    {
        var asked = await ReadAsync<Reason>(http, asked => asked.Why);
        if (asked.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        if (await events.FindAsync(id, http.RequestAborted) is not { } found)
        {
            return RefusalProblem.ToResult(new EventNotFound(id));
        }

        var action = ActionOf(http, "replay", found.Event.Account, id, asked.Value!.Why);
        return await DoAsync(
            log,
            action,
            async () =>
                await events.ReplayAsync(new EventFilter(), id, http.RequestAborted) == 1
                    ? null
                    : new NothingToReplay(found.Event.State),
            http.RequestAborted
        );
    }

    /// <summary>Requests a sync; the sweeper does it within a second or so.</summary>
    public static Task<IResult> RefreshAsync(
        HttpContext http,
        string account,
        FindAccounts accounts,
        NpgsqlDataSource database,
        BillingClock clock,
        OperatorLog log
    ) =>
        DoToAsync<Reason>(
            http,
            account,
            accounts,
            log,
            asked => ("refresh", "now", asked.Why),
            async (found, _) =>
            {
                await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
                await AccountLeases.RequestSyncAsync(connection, null, found, clock.Now, http.RequestAborted);
                return null;
            }
        );

    public static Task<IResult> OverrideAsync(
        HttpContext http,
        string account,
        FindAccounts accounts,
        SetOverride setOverride,
        OperatorLog log
    ) =>
        DoToAsync<OverrideRequest>(
            http,
            account,
            accounts,
            log,
            asked => ("override", asked.Tier, asked.Why),
            async (found, asked) =>
            {
                if (setOverride.FindFault(asked.Tier, asked.Until) is { } fault)
                {
                    return new InvalidRequest(fault);
                }

                return await UnlessBusyAsync(() =>
                    setOverride.RunAsync(found, asked.Tier, Author(http), asked.Why, asked.Until, http.RequestAborted)
                );
            }
        );

    public static Task<IResult> EndOverrideAsync(
        HttpContext http,
        string account,
        FindAccounts accounts,
        SetOverride setOverride,
        OperatorLog log
    ) =>
        DoToAsync<Reason>(
            http,
            account,
            accounts,
            log,
            asked => ("override_ended", "now", asked.Why),
            (found, asked) =>
                UnlessBusyAsync(() => setOverride.ClearAsync(found, Author(http), asked.Why, http.RequestAborted))
        );

    public static async Task<IResult> SwitchAsync(HttpContext http, SetBillingSwitch turn, OperatorLog log)
    {
        var asked = await ReadAsync<SwitchRequest>(http, asked => asked.Why);
        if (asked.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        var (on, why) = (asked.Value!.On, asked.Value.Why);
        return await DoAsync(
            log,
            ActionOf(http, "switch", account: null, on ? "on" : "off", why),
            async () =>
            {
                await turn.RunAsync(on, why, Author(http), http.RequestAborted);
                return null;
            },
            http.RequestAborted
        );
    }

    /// <summary>It changes nothing, so it asks for no reason.</summary>
    public static async Task<IResult> DryRunAsync(HttpContext http, AskDryRun dryRun) =>
        BillingJson.Answer(new DoneAnswer(await dryRun.RunAsync(http.RequestAborted) ? "started" : "under_way"));

    private static async Task<IResult> DoToAsync<TRequest>(
        HttpContext http,
        string account,
        FindAccounts accounts,
        OperatorLog log,
        Func<TRequest, (string Action, string Subject, string Why)> describe,
        Func<AccountId, TRequest, Task<Refusal?>> act
    )
        where TRequest : notnull
    {
        var asked = await ReadAsync<TRequest>(http, request => describe(request).Why);
        if (asked.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        var named = AdministrationEndpoints.WithSlashes(account);
        if (await accounts.FindAsync(named, http.RequestAborted) is not { } found)
        {
            return RefusalProblem.ToResult(new AccountNotFound(account));
        }

        var (action, subject, why) = describe(asked.Value!);
        return await DoAsync(
            log,
            ActionOf(http, action, found.Account, subject, why),
            () => act(new AccountId(found.Account), asked.Value!),
            http.RequestAborted
        );
    }

    private static async Task<IResult> DoAsync(
        OperatorLog log,
        OperatorAction action,
        Func<Task<Refusal?>> act,
        CancellationToken cancellationToken
    ) =>
        await log.DoAsync(action, act, cancellationToken) is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : BillingJson.Answer(new DoneAnswer("done"));

    private static async Task<Outcome<TRequest>> ReadAsync<TRequest>(HttpContext http, Func<TRequest, string> why)
        where TRequest : notnull
    {
        var request = await BillingJson.ReadAsync<TRequest>(http.Request);
        return request.Refusal is null && why(request.Value!).Trim().Length is 0 or > LongestWhy
            ? new InvalidRequest($"why says in up to {LongestWhy} characters what this is done for.")
            : request;
    }

    private static async Task<Refusal?> UnlessBusyAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (TimeoutException)
        {
            return new BillingBusy(); // somebody else has been changing the account all the while
        }
    }

    private static OperatorAction ActionOf(
        HttpContext http,
        string action,
        string? account,
        string subject,
        string why
    ) => new(Author(http), action, account, subject, why.Trim());

    private static string Author(HttpContext http) =>
        http.User.Identity?.Name
        ?? throw new InvalidOperationException("An administrator has a name to be audited by.");
}

/// <summary>The event was applied or ignored: there is nothing to do again.</summary>
internal sealed record NothingToReplay(string State)
    : Refusal(
        ProblemCodes.NothingToReplay,
        409,
        "There is nothing to replay.",
        $"The event is {State}. Refresh the account instead."
    );
