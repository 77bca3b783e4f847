using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Checkout;

/// <summary>Not a price of the catalog, or not one that is sold.</summary>
public sealed record UnknownPrice(PlanCatalog Catalog)
    : Refusal(ProblemCodes.UnknownPrice, 400, "No such price.", "Choose one of the plans' prices.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("prices", Catalog.Plans.SelectMany(plan => plan.Prices).Select(price => price.Alias).ToArray())];
}

/// <summary>A plan that is sold by people.</summary>
public sealed record PlanSoldByPeople(string Plan)
    : Refusal(
        ProblemCodes.PlanSoldByPeople,
        409,
        $"{Plan} is not sold here.",
        "Write to us and we set it up with you."
    );

/// <summary>Fewer or more seats than can be bought.</summary>
public sealed record SeatCountOutOfRange(int Least, int Most)
    : Refusal(
        ProblemCodes.SeatCountOutOfRange,
        400,
        "That number of seats cannot be bought.",
        $"Choose between {Least} and {Most} seats."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("minimum", Least), new("maximum", Most)];
}

/// <summary>Fewer seats than are in use.</summary>
public sealed record SeatsBelowActive(int Active)
    : Refusal(
        ProblemCodes.SeatsBelowActive,
        409,
        "More developers are active than that.",
        $"{Active} developers are active today, so {Active} seats are the least."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("active", Active)];
}

/// <summary>The account has a live subscription; a second one would be paid beside it.</summary>
public sealed record AlreadySubscribed(string Plan, bool IsEnding, Uri SettingsUrl)
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

/// <summary>Another request of the same account is talking to Stripe and did not end in time.</summary>
public sealed record BillingBusy()
    : Refusal(ProblemCodes.BillingBusy, 409, "Another change is under way.", "Wait a few seconds and try again.");

/// <summary>No such session of this account, whoever else's it may be.</summary>
public sealed record CheckoutSessionNotFound()
    : Refusal(
        ProblemCodes.CheckoutSessionNotFound,
        404,
        "No such checkout.",
        "Open the billing settings to see the plan that holds."
    );

/// <summary>Stripe said no, or nothing.</summary>
public sealed record StripeSaidNo(StripeRefusal Reason)
    : Refusal(
        Reason.IsTransient ? ProblemCodes.StripeBusy : ProblemCodes.StripeRefused,
        Reason.IsTransient ? 503 : 502,
        Reason.IsTransient ? "Stripe does not answer at the moment." : "Stripe refused the request.",
        "Nothing was charged. Try again in a minute."
    );
