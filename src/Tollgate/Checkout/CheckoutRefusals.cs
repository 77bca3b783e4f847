namespace Tollgate.Checkout;

/// <summary>The account has a live subscription; a second one would be paid beside it.</summary>
internal sealed record AlreadySubscribed(string Plan, bool IsEnding, Uri SettingsUrl)
    : Refusal(
        ProblemCodes.AlreadySubscribed,
        409,
        "There is a subscription already.",
        IsEnding
            ? "It is set to end. Undo the cancellation in the billing settings instead of paying twice."
            : "Change seats or plan in the billing settings instead of paying twice."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("plan", Plan), new("settings_url", SettingsUrl)];
}

/// <summary>Nothing is left of the account but ids, and it is not opened again.</summary>
internal sealed record AccountClosed()
    : Refusal(ProblemCodes.AccountClosed, 409, "This account is closed.", "Sign up anew to buy a plan.");

/// <summary>Nobody would be notified when a charge fails.</summary>
internal sealed record BillingEmailRequired()
    : Refusal(
        ProblemCodes.BillingEmailRequired,
        409,
        "No billing e-mail address is known.",
        "Confirm an e-mail address, or ask whoever runs this product to set the billing address of your account."
    );

/// <summary>No such session of this account, whoever else's it may be.</summary>
internal sealed record CheckoutSessionNotFound()
    : Refusal(
        ProblemCodes.CheckoutSessionNotFound,
        404,
        "No such checkout.",
        "Open the billing settings to see the plan that holds."
    );
