namespace Tollgate.Identity;

/// <summary>How a host's people sign in.</summary>
/// <param name="CookieName">Of the cookie that keeps a browser signed in.</param>
public sealed record SignInTerms(string CookieName)
{
    /// <summary>
    /// The host sends mail: nobody is made before a link that was mailed to the address was used, and who forgot a
    /// password is sent one. Without mail a sign-up makes its user at once. Default true.
    /// </summary>
    public bool HasMail { get; init; } = true;

    /// <summary>A sign-in may also be a bearer token: a log-in without <c>useCookies</c> answers one.</summary>
    public bool TakesBearer { get; init; }

    /// <summary>The host's page that takes the link of a sign-up.</summary>
    public string ConfirmPath { get; init; } = "/confirm";

    /// <summary>The host's page that takes the link for a new password.</summary>
    public string ResetPath { get; init; } = "/reset";

    /// <summary>How many characters a password has at least.</summary>
    internal const int ShortestPassword = 12;
}
