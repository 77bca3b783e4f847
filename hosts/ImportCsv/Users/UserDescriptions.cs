using Tollgate.Http;
using Tollgate.Identity;

namespace ImportCsv.Users;

/// <summary>What the API's document says of signing up, and of one's own account.</summary>
internal static class UserDescriptions
{
    private const string Email = "ada@example.com";
    private const string Password = "long-enough-words";
    private static readonly InvalidRequest Unreadable = new("The body is not what this call takes (at $.email).");
    private static readonly CrossSiteRequest CrossSite = new();

    public static readonly ApiOperation SignUp = new("signUp", "Makes a user; in the cloud a mail confirms the e-mail.")
    {
        Request = ApiBody.Of(new SignUp.NewUser(Email, Password)),
        Answers = [ApiBody.Of(new SignUp.Made(ConfirmationSent: true))],
        Refusals =
        [
            Unreadable,
            CrossSite,
            new SignUpRefused("The e-mail is taken."),
            new RateLimited(TimeSpan.FromSeconds(20)),
        ],
    };

    public static readonly ApiOperation Me = new("readMe", "Who is signed in.")
    {
        Answers = [ApiBody.Of(new MeEndpoint.Me(Email, Admin: false, Cloud: true))],
    };

    public static readonly ApiOperation Close = new("closeAccount", "Deletes the user with everything, for good.")
    {
        Status = 204,
        Request = ApiBody.Of(new LeaveForGood.Request(Password)),
        Refusals = [Unreadable, CrossSite, new NotYourPassword(), new RateLimited(TimeSpan.FromSeconds(20))],
    };
}
