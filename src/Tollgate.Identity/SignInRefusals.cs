namespace Tollgate.Identity;

/// <summary>No such person, or another password: the answer does not say which.</summary>
public sealed record WrongPassword()
    : Refusal(ProblemCodes.WrongPassword, 401, "That e-mail and password do not match.", "Check both and try again.");

/// <summary>The password is right, the e-mail is not confirmed.</summary>
public sealed record EmailNotConfirmed()
    : Refusal(
        ProblemCodes.EmailNotConfirmed,
        401,
        "Your e-mail is not confirmed yet.",
        "Open the link in the mail we sent you."
    );

/// <summary>No such confirmation, or it was used, or it is too old.</summary>
public sealed record ConfirmationNotFound()
    : Refusal(
        ProblemCodes.ConfirmationNotFound,
        404,
        "That link is no longer valid.",
        "Sign in, and let us send you a new one."
    );

/// <summary>No such reset, or it was used, or it is too old.</summary>
public sealed record ResetNotFound()
    : Refusal(
        ProblemCodes.ResetNotFound,
        404,
        "That link is no longer valid.",
        "Ask for a new one: a link holds once, for an hour."
    );

/// <summary>The present password, which the call asks for, is another.</summary>
public sealed record NotYourPassword()
    : Refusal(ProblemCodes.NotYourPassword, 403, "That is not your password.", "Give the one you signed in with.");

/// <summary>The new password is too weak.</summary>
public sealed record PasswordRefused(string Why)
    : Refusal(ProblemCodes.PasswordRefused, 400, "That password cannot be taken.", Why);

/// <summary>The password is too weak; or, on a host without mail, the e-mail is taken.</summary>
public sealed record SignUpRefused(string Why)
    : Refusal(ProblemCodes.SignUpRefused, 400, "That sign-up cannot be made.", Why);
