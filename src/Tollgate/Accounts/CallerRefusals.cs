namespace Tollgate.Accounts;

/// <summary>The caller is signed in but belongs to no billing account.</summary>
public sealed record NoBillingAccount()
    : Refusal(
        ProblemCodes.NoBillingAccount,
        403,
        "No billing account.",
        "You belong to no account that is billed. Ask whoever manages yours to add you."
    );

/// <summary>The caller may see billing but not spend money.</summary>
internal sealed record BillingAdminRequired()
    : Refusal(
        ProblemCodes.BillingAdminRequired,
        403,
        "Your role may not change the plan.",
        "Ask whoever manages billing."
    );

/// <summary>Another request of the same account is talking to Stripe and did not end in time.</summary>
internal sealed record BillingBusy()
    : Refusal(ProblemCodes.BillingBusy, 409, "Another change is under way.", "Wait a few seconds and try again.");

/// <summary>No account has that id.</summary>
internal sealed record AccountNotFound(string Given)
    : Refusal(
        ProblemCodes.AccountNotFound,
        404,
        "No such account.",
        $"Nothing is known as {Given}. Give an account's id, or Stripe's id of its customer or subscription."
    );
