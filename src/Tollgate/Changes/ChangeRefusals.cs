using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Changes;

/// <summary>There is no live subscription whose seats or plan could be changed.</summary>
internal sealed record NoSubscription(Uri UpgradeUrl)
    : Refusal(ProblemCodes.NoSubscription, 409, "There is no subscription to change.", "Choose a plan first.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("upgrade_url", UpgradeUrl)];
}

/// <summary>The subscription's items are none of the catalog's, or several.</summary>
internal sealed record SubscriptionNotRecognised()
    : Refusal(
        ProblemCodes.SubscriptionNotRecognised,
        409,
        "This subscription was set up by hand.",
        "Write to us and we change it with you."
    );

/// <summary>The requested seats and plan are the present ones.</summary>
internal sealed record NothingToChange()
    : Refusal(ProblemCodes.NothingToChange, 409, "That is what you have.", "Choose other seats or another plan.");

/// <summary>Month and year do not mix within a paid period.</summary>
internal sealed record IntervalSwitch(DateTimeOffset PeriodEnd)
    : Refusal(
        ProblemCodes.IntervalSwitch,
        409,
        "Monthly and yearly billing cannot be switched within a paid period.",
        "Stay with the interval that you have, or change it when the period ends."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("period_end", PeriodEnd)];
}

/// <summary>What is held beside the plan is billed by the present interval, and one subscription has one.</summary>
internal sealed record AddOnsInTheWay()
    : Refusal(
        ProblemCodes.AddOnsInTheWay,
        409,
        "The add-ons of this subscription are billed by its present interval.",
        "Write to us and we change plan and add-ons together."
    );

/// <summary>A change at the end of the period is arranged; it steers the subscription until then.</summary>
internal sealed record ChangeScheduled(Uri SettingsUrl)
    : Refusal(
        ProblemCodes.ChangeScheduled,
        409,
        "A change at the end of the period is arranged already.",
        "Take it back in the billing settings first."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("settings_url", SettingsUrl)];
}

/// <summary>Another change waits for its payment to be confirmed.</summary>
/// <param name="PaymentUrl">Stripe's page where that is done.</param>
internal sealed record ChangePending(Uri? PaymentUrl, DateTimeOffset ExpiresAt)
    : Refusal(
        ProblemCodes.ChangePending,
        409,
        "Another change waits for its payment to be confirmed.",
        "Confirm that payment, or take the change back."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("payment_url", PaymentUrl), new("expires_at", ExpiresAt)];

    internal static ChangePending Of(PendingChange waiting) =>
        new(waiting.PaymentUrl is { } url ? new Uri(url) : null, waiting.ExpiresAt);
}

/// <summary>No change is arranged that could be taken back.</summary>
internal sealed record NothingScheduled()
    : Refusal(ProblemCodes.NothingScheduled, 409, "No change is arranged.", "The subscription goes on as it is.");

/// <summary>A change is applied as it was quoted, so the quote has to be named.</summary>
internal sealed record ProrationDateRequired()
    : Refusal(
        ProblemCodes.ProrationDateRequired,
        400,
        "Which quote is accepted?",
        "Ask for a preview, and send its proration_date back."
    );

/// <summary>No quote of this change under that date, or one that is over.</summary>
internal sealed record QuoteExpired()
    : Refusal(
        ProblemCodes.QuoteExpired,
        409,
        "That price is no longer valid.",
        "Look at a new preview and confirm it."
    );

/// <summary>What Stripe's preview says does not add up, so that nobody is shown it.</summary>
internal sealed record QuoteDoesNotAddUp()
    : Refusal(
        ProblemCodes.QuoteDoesNotAddUp,
        502,
        "The price could not be worked out.",
        "Nothing was changed. Write to us and we change it with you."
    );

/// <summary>The subscription is not as it was when the change was quoted.</summary>
internal sealed record QuoteStale()
    : Refusal(
        ProblemCodes.QuoteStale,
        409,
        "The subscription changed in the meantime.",
        "Look at a new preview and confirm it."
    );

/// <summary>The charge for the change was declined; the subscription is as it was.</summary>
internal sealed record PaymentDeclined(StripeRefusal.CardDeclined Reason, Uri SettingsUrl)
    : Refusal(
        ProblemCodes.PaymentDeclined,
        402,
        "The payment was declined, and nothing was changed.",
        $"{Reason.Message} Update the payment method in the billing settings and try again."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("decline_code", Reason.DeclineCode ?? Reason.Code), new("settings_url", SettingsUrl)];
}

/// <summary>Stripe takes only so many changes of one subscription (decision M5).</summary>
internal sealed record TooManyChanges(TimeSpan RetryAfter)
    : Refusal(
        ProblemCodes.TooManyChanges,
        429,
        "There were too many changes in a short time.",
        "Gather what you want to change, and try again later."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new(RetryAfterMember, (long)RetryAfter.TotalSeconds)];
}
