using Tollgate.Http;
using Tollgate.Identity;

namespace ImportCsv.Users;

/// <summary>
/// <c>POST /api/auth/sign-up</c>: in the cloud a mail confirms the e-mail, and whether an address is known already is
/// shown by mail alone; on one's own server the user is made at once.
/// </summary>
internal static class SignUp
{
    internal sealed record NewUser(string Email, string Password);

    internal sealed record Made(bool ConfirmationSent);

    /// <summary>There is nothing beside the address to bind.</summary>
    private sealed record Nothing;

    public static void MapSignUp(this IEndpointRouteBuilder routes) =>
        routes.MapSignUp("/api/auth/sign-up", RunAsync).DescribedBy(UserDescriptions.SignUp);

    private static async Task<IResult> RunAsync(HttpContext http, SignUps signUps, SignInTerms terms)
    {
        var request = await BillingJson.ReadAsync<NewUser>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var refusal = await signUps.RequestAsync(http, asked.Email, asked.Password, new Nothing());
        return refusal is null ? BillingJson.Answer(new Made(terms.HasMail)) : RefusalProblem.ToResult(refusal);
    }
}
