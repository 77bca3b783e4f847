using Tollgate.Notifications;
using Tollgate.Outbox;

namespace Tollgate.Identity;

/// <summary>The words of what people are mailed about their sign-in, for a host's <see cref="MailTexts"/>.</summary>
public static class SignInWords
{
    internal const string Confirm = "confirm_email";
    internal const string Reset = "reset_password";
    internal const string PasswordChanged = "password_changed";
    internal const string Link = "link";
    internal const string At = "at";

    /// <summary>Null for another mail of the host's own.</summary>
    /// <param name="forgotPath">The host's page that asks for a link, such as <c>/forgot</c>.</param>
    public static MailText? Find(HostMailQueued about, MailFacts facts, string forgotPath = "/forgot") =>
        about.Mail switch
        {
            Confirm => new MailText(
                $"Confirm your e-mail for {facts.Product}",
                "One click and your password, and you are in",
                [
                    $"You, or somebody with your address, signed up for {facts.Product}. Confirm the address to sign "
                        + "in.",
                    "The link holds for a day.",
                ],
                new MailLink("Confirm my e-mail", new Uri(about.Facts[Link])),
                "If it was not you, do nothing: without the click there is no account."
            ),
            Reset => new MailText(
                $"Choose a new password for {facts.Product}",
                "Choose a new password",
                [
                    $"You, or somebody who knows your address, asked for a new password for {facts.Product}, or signed "
                        + "up though you have an account.",
                    "The link holds once, for an hour. Whoever is signed in now is signed out when it is used.",
                ],
                new MailLink("Choose a new password", new Uri(about.Facts[Link])),
                "If it was not you, do nothing: your password stays as it is."
            ),
            PasswordChanged => new MailText(
                $"Your {facts.Product} password was changed",
                "Your password was changed",
                [
                    $"It was changed on {about.Facts[At]} UTC. Whoever was signed in elsewhere is signed out.",
                    "If it was you, all is well. If it was not you, choose another one at once.",
                ],
                new MailLink("Choose another password", facts.AppUrl.Below(forgotPath))
            ),
            _ => null,
        };
}
