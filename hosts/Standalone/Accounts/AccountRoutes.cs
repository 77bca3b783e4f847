using Microsoft.EntityFrameworkCore;
using Standalone.ApiKeys;
using Standalone.Storage;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Checkout;
using Tollgate.Http;
using Tollgate.Lifecycle;

namespace Standalone.Accounts;

/// <summary>
/// <c>/v1/accounts/{account}</c>: an account of the app's, and below it everything that Tollgate answers for one.
/// </summary>
internal static class AccountRoutes
{
    public const string Path = $"/v1/accounts/{{{AppAccounts.RouteValue}}}";

    /// <param name="SeatsInUse">Null leaves what was said before.</param>
    internal sealed record AccountForm(string Name, string BillingEmail, int? SeatsInUse = null);

    internal sealed record AccountAnswer(string Account, string Name, string BillingEmail);

    public static void MapAccounts(this WebApplication app)
    {
        app.MapTollgate(Path)
            .RequireScope(method => HttpMethods.IsGet(method) ? ApiScope.Read : ApiScope.Billing)
            .AddEndpointFilter<AccountInPath>();
        var accounts = app.MapGroup(Path).RequireScope(ApiScope.Accounts).AddEndpointFilter<AccountInPath>();
        accounts.MapPut("", PutAsync).DescribedBy(AccountDescriptions.Put);
        accounts.MapDelete("", CloseAsync).DescribedBy(AccountDescriptions.Close);
    }

    // as often as one likes, with the same end
    private static async Task<IResult> PutAsync(
        string account,
        HttpContext http,
        OpenAccount open,
        ChangeBillingContact contact,
        IDbContextFactory<StandaloneDb> contexts
    )
    {
        var request = await BillingJson.ReadAsync<AccountForm>(http.Request);
        if (request is not { Value: { } form })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (FindFault(form) is { } fault)
        {
            return RefusalProblem.ToResult(new InvalidRequest(fault));
        }

        var id = new AccountId(account);
        if (
            !await open.RunAsync(id, form.Name, form.BillingEmail, http.RequestAborted)
            || !await contact.RunAsync(id, form.Name, form.BillingEmail, http.RequestAborted)
        )
        {
            return RefusalProblem.ToResult(new AccountIsClosed());
        }

        if (form.SeatsInUse is { } seats)
        {
            await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO standalone.seats_in_use (account_id, seats) VALUES ({account}, {seats})
                ON CONFLICT (account_id) DO UPDATE SET seats = EXCLUDED.seats
                """,
                http.RequestAborted
            );
        }

        return BillingJson.Answer(new AccountAnswer(account, form.Name, form.BillingEmail));
    }

    private static async Task<IResult> CloseAsync(string account, CloseAccount close, OpenAccounts accounts)
    {
        accounts.Forget(new AccountId(account));
        // what was begun at Stripe is carried through, whether or not the caller waits
        var closed = await close.RunAsync(new AccountId(account), "closed by its app", CancellationToken.None);
        return closed.Refusal is { } refusal ? RefusalProblem.ToResult(refusal) : Results.NoContent();
    }

    private static string? FindFault(AccountForm form) =>
        string.IsNullOrWhiteSpace(form.Name) || form.Name.Length > 200 || form.Name.AsSpan().ContainsAny('\r', '\n')
            ? "A name has 1 to 200 characters and no line breaks."
        : !EmailAddress.IsOne(form.BillingEmail) ? "A billing e-mail is one address."
        : form.SeatsInUse is < 0 ? "Seats in use are zero or more."
        : null;
}

/// <summary>The account was closed; its id is not used again.</summary>
internal sealed record AccountIsClosed()
    : Refusal(ProblemCodes.AccountClosed, 409, "This account is closed.", "Use another id: a closed one stays closed.");
