namespace Tollgate;

/// <summary>Every code a problem answer can carry. A code is never renamed; docs/problems.md explains each.</summary>
public static class ProblemCodes
{
    public const string AlreadySubscribed = "already_subscribed";
    public const string BillingDisabled = "billing_disabled";
    public const string BillingBusy = "billing_busy";
    public const string BillingAdminRequired = "billing_admin_required";
    public const string CheckoutSessionNotFound = "checkout_session_not_found";
    public const string CrossSiteRequest = "cross_site_request";
    public const string FeatureNotAvailable = "feature_not_available";
    public const string FreeTierLimitReached = "free_tier_limit_reached";
    public const string InvalidRequest = "invalid_request";
    public const string NoBillingAccount = "no_billing_account";
    public const string PlanSoldByPeople = "plan_sold_by_people";
    public const string RunAlreadyCounted = "run_already_counted";
    public const string SeatCountOutOfRange = "seat_count_out_of_range";
    public const string SeatsBelowActive = "seats_below_active";
    public const string StripeBusy = "stripe_busy";
    public const string StripeRefused = "stripe_refused";
    public const string SubscriptionRequired = "subscription_required";
    public const string UnknownPrice = "unknown_price";
}
