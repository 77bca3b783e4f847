using Standalone.ApiKeys;
using Tollgate;
using Tollgate.Api;
using Tollgate.Http;

namespace Standalone.Accounts;

/// <summary>What the API's document says of accounts.</summary>
internal static class AccountDescriptions
{
    public static readonly Refusal[] OfEvery = [new ApiKeyRequired(), new ScopeMissing(ApiScope.Accounts)];

    public static readonly ApiOperation Put = new(
        "putAccount",
        "Opens an account, or says anew what it is called, where its bills go and how many seats are in use."
    )
    {
        Request = ApiBody.Of(new AccountRoutes.AccountForm("Acme", "billing@acme.example", SeatsInUse: 3)),
        Answers = [ApiBody.Of(new AccountRoutes.AccountAnswer("acme", "Acme", "billing@acme.example"))],
        Refusals =
        [
            new InvalidRequest("A name has 1 to 200 characters and no line breaks."),
            .. OfEvery,
            new AccountIsClosed(),
        ],
    };

    public static readonly ApiOperation Close = new(
        "closeAccount",
        "Closes an account for good: subscriptions are cancelled at once, names and addresses erased."
    )
    {
        Status = 204,
        Refusals =
        [
            new InvalidRequest("An account's id in a path has no slash."),
            .. OfEvery,
            .. RefusalExamples.Of(ProblemCodes.AccountNotFound, ProblemCodes.BillingBusy, ProblemCodes.StillLive),
        ],
    };
}
