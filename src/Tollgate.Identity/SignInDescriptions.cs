using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>What the API's document says of signing in.</summary>
internal static class SignInDescriptions
{
    private const string Email = "ada@example.com";
    private const string Password = "long-enough-words";
    private const string User = "7c1f0e52-66a1-4a0c-9a2e-6f0f3c8f7a11";
    private const string Code = "b3BlbiBzZXNhbWU";

    private static readonly InvalidRequest Unreadable = new("The body is not what this call takes (at $.email).");
    private static readonly CrossSiteRequest CrossSite = new();
    private static readonly RateLimited TooOften = new(TimeSpan.FromSeconds(20));
    private static readonly PasswordRefused Weak = new("Passwords must be at least 12 characters.");

    public static readonly ApiOperation LogOut = new("logOut", "Ends the session, wherever its secret went.")
    {
        Status = 204,
        Refusals = [CrossSite, TooOften],
    };

    public static readonly ApiOperation ChangePassword = new(
        "changePassword",
        "Another password, for who knows the present one; every other session ends."
    )
    {
        Status = 204,
        Request = ApiBody.Of(new ChangePassword.Request(Password, "some-newer-words")),
        Refusals = [Unreadable, Weak, CrossSite, new NotYourPassword(), TooOften],
    };

    public static readonly ApiOperation Confirm = new(
        "confirmEmail",
        "Confirms the e-mail of a sign-up by the mailed link and the password, and signs in."
    )
    {
        Status = 204,
        Request = ApiBody.Of(new LogIn.Confirmation(User, Code, Password)),
        Refusals = [Unreadable, new WrongPassword(), CrossSite, new ConfirmationNotFound(), TooOften],
    };

    public static readonly ApiOperation ConfirmAgain = new(
        "confirmAgain",
        "Mails the link again, once in ten minutes; the answer is the same for every address."
    )
    {
        Status = 204,
        Request = ApiBody.Of(new LogIn.Again(Email)),
        Refusals = [Unreadable, CrossSite, TooOften],
    };

    public static readonly ApiOperation Forgot = new(
        "forgotPassword",
        "Mails a link for a new password, once in ten minutes; the answer is the same for every address."
    )
    {
        Status = 204,
        Request = ApiBody.Of(new ForgotPassword.Forgotten(Email)),
        Refusals = [Unreadable, CrossSite, TooOften],
    };

    public static readonly ApiOperation Reset = new(
        "resetPassword",
        "Sets a new password by the mailed link, which holds once, for an hour; every session ends."
    )
    {
        Status = 204,
        Request = ApiBody.Of(new ForgotPassword.NewPassword(User, Code, "some-newer-words")),
        Refusals = [Unreadable, Weak, CrossSite, new ResetNotFound(), TooOften],
    };

    public static ApiOperation LogIn(SignInTerms terms) =>
        new(
            "logIn",
            terms.TakesBearer
                ? "Signs in: with `useCookies=true` by a cookie, else by the token that is answered."
                : "Signs in, by a cookie."
        )
        {
            Status = terms.TakesBearer ? 200 : 204,
            Request = ApiBody.Of(new LogIn.Credentials(Email, Password)),
            Answers = terms.TakesBearer ? [ApiBody.Of(new SignedIn.Token("Bearer", Code, 7_776_000))] : [],
            Refusals = [Unreadable, new WrongPassword(), new EmailNotConfirmed(), CrossSite, TooOften],
        };
}
