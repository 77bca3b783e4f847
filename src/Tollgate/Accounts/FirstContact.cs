using System.Security.Claims;

namespace Tollgate.Accounts;

/// <summary>
/// What an account is opened with when nobody opened it: what the host says of it, or else what the claims of a billing
/// admin say. Pure.
/// </summary>
/// <param name="BillingEmail">Empty when no address is known.</param>
internal sealed record FirstContact(string Name, string BillingEmail)
{
    private static readonly string[] NameClaims = [ClaimTypes.Name, "name"];
    private static readonly string[] EmailClaims = [ClaimTypes.Email, "email", ClaimTypes.Upn, "preferred_username"];

    public static FirstContact Of(BillingCaller caller, ClaimsPrincipal principal)
    {
        // a member's own name and address are not those of whoever pays
        var claims = caller.IsBillingAdmin ? principal : new ClaimsPrincipal();
        var email = OneAddress(caller.BillingEmail) ?? (IsUnverified(claims) ? null : ClaimedEmail(claims));
        var name =
            OneLine(caller.Name) ?? NameClaims.Select(claims.FindFirstValue).Select(OneLine).FirstOrDefault(Given);
        return new FirstContact(name ?? email ?? caller.Account.Value, email ?? "");
    }

    // ASP.NET Core Identity's name is the address that people sign in with
    private static string? ClaimedEmail(ClaimsPrincipal claims) =>
        EmailClaims.Concat(NameClaims).Select(claims.FindFirstValue).Select(OneAddress).FirstOrDefault(Given);

    private static bool IsUnverified(ClaimsPrincipal claims) =>
        string.Equals(claims.FindFirstValue("email_verified"), "false", StringComparison.OrdinalIgnoreCase);

    private static string? OneAddress(string? text) => text is not null && EmailAddress.IsOne(text) ? text : null;

    private static bool Given(string? text) => text is not null;

    private static string? OneLine(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : BillingContact.Shorten(text);
}
