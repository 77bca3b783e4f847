using Tollgate.Http;
using Tollgate.Identity;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/me/close</c>: a user deletes their account with all that is in it, and gives the password to show that
/// it is meant. Sessions end with their user.
/// </summary>
internal static class LeaveForGood
{
    internal sealed record Request(string Password);

    public static async Task<IResult> RunAsync(HttpContext http, OwnPassword own, IAccountBook accounts)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var known = await own.CheckAsync(http, asked.Password);
        if (known is not { Value: { } user })
        {
            return RefusalProblem.ToResult(known.Refusal!);
        }

        // what was begun at Stripe is carried through, whether or not the browser waits
        return await accounts.CloseAsync(user.Id, CancellationToken.None) is { } kept
            ? RefusalProblem.ToResult(kept)
            : Results.NoContent();
    }
}
