using Microsoft.AspNetCore.Http;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Tollgate.Access;

/// <summary>HTTP's side of the features.</summary>
internal static class AccessEndpoints
{
    public static async Task<IResult> FeaturesAsync(HttpContext http, ReadFeatures features, HostDirectory directory) =>
        await directory.FindCallerAsync(http, http.RequestAborted) is { } caller
            ? BillingJson.Answer(await features.RunAsync(caller.Account, http.RequestAborted))
            : RefusalProblem.ToResult(new NoBillingAccount());
}
