using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Http;

namespace Tollgate.Accounts;

/// <summary>What calls that spend money have in common: a billing admin, and a small strict body.</summary>
internal static class BillingCall
{
    /// <summary>The account comes from the principal and from nowhere else.</summary>
    public static async Task<Outcome<AccountId>> FindAdminAsync(HttpContext http, HostDirectory directory)
    {
        var caller = await directory.FindCallerAsync(http, http.RequestAborted);
        return caller switch
        {
            null => new NoBillingAccount(),
            { IsBillingAdmin: false } => new BillingAdminRequired(),
            _ => await LimitAsync(http, caller.Account) is { } limited ? limited : caller.Account,
        };
    }

    /// <summary>
    /// Each time a success page asks, Stripe is asked. It does so by itself, so that two open ones are let through, and
    /// neither takes of what the account may do.
    /// </summary>
    public static Task<RateLimited?> LimitSuccessAsync(HttpContext http, AccountId account) =>
        LimitAsync(http, $"success:{account}", times: 2);

    /// <summary>Each of these calls, previews too, calls Stripe, whose rate limit all accounts share.</summary>
    private static Task<RateLimited?> LimitAsync(HttpContext http, AccountId account) =>
        LimitAsync(http, $"billing:{account}", times: 1);

    private static Task<RateLimited?> LimitAsync(HttpContext http, string key, int times)
    {
        var perMinute = times * http.RequestServices.GetRequiredService<TollgateOptions>().BillingCallsPerMinute;
        return http
            .RequestServices.GetRequiredService<CallRates>()
            .TakeAsync(key, new CallRate(perMinute, TimeSpan.FromMinutes(1)), http.RequestAborted);
    }

    public static async Task<IResult> OfAdminAsync<TRequest>(
        HttpContext http,
        HostDirectory directory,
        Func<AccountId, TRequest, Task<IResult>> runAsync
    )
        where TRequest : notnull
    {
        var admin = await FindAdminAsync(http, directory);
        if (admin.Refusal is { } refusal)
        {
            return RefusalProblem.ToResult(refusal);
        }

        var request = await BillingJson.ReadAsync<TRequest>(http.Request);
        return request.Refusal is { } unreadable
            ? RefusalProblem.ToResult(unreadable)
            : await runAsync(admin.Value, request.Value!);
    }

    /// <summary>A whole number of seats; the catalog's range is checked where they are used.</summary>
    public static Outcome<int> ReadSeats(JsonElement given, PlanCatalog catalog) =>
        given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var seats)
            ? seats
            : new SeatCountOutOfRange(catalog.Seats.Least, catalog.Seats.Most);
}
