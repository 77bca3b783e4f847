using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Tollgate.Api;

/// <summary>
/// Refusals of Tollgate's, for the description of an endpoint of the host's that calls a use case
/// (<see cref="ApiOperation.Refusals"/>).
/// </summary>
public static class RefusalExamples
{
    private static readonly Dictionary<string, Refusal> All = (
        (ApiOperation[])
            [
                BillingDescriptions.Checkout,
                BillingDescriptions.Success,
                BillingDescriptions.ChangePlan,
                BillingDescriptions.TakeBack,
                BillingDescriptions.Portal,
            ]
    )
        .SelectMany(operation => operation.Refusals)
        .Concat(BillingDescriptions.OfHosts)
        .Append(new PaymentRequired("free", new Uri("https://app.example.com/settings/billing")))
        .Append(new AccountNotFound("acme"))
        .DistinctBy(refusal => refusal.Code)
        .ToDictionary(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>One of each code, in the order of the codes.</summary>
    /// <param name="codes">Of <see cref="ProblemCodes"/>, what use cases, gates and meters answer.</param>
    /// <exception cref="KeyNotFoundException">None of them answers such a code.</exception>
    public static IReadOnlyList<Refusal> Of(params IEnumerable<string> codes) => [.. codes.Select(code => All[code])];
}
