using Tollgate.Inbox;

namespace Tollgate;

/// <summary>Every code a problem answer can carry. A code is never renamed; docs/problems.md explains each.</summary>
public static class ProblemCodes
{
    public const string AccountClosed = "account_closed";
    public const string AccountNotFound = "account_not_found";
    public const string AddOnsInTheWay = "add_ons_in_the_way";
    public const string AlreadySubscribed = "already_subscribed";
    public const string BackupOfOtherTables = "backup_of_other_tables";
    public const string BillingAdminRequired = "billing_admin_required";
    public const string BillingBusy = "billing_busy";
    public const string BillingDisabled = "billing_disabled";
    public const string BillingEmailRequired = "billing_email_required";
    public const string ChangePending = "change_pending";
    public const string ChangeScheduled = "change_scheduled";
    public const string CheckoutSessionNotFound = "checkout_session_not_found";
    public const string ConfirmationNotFound = "confirmation_not_found";
    public const string CrossSiteRequest = "cross_site_request";
    public const string CurrencyNotOffered = "currency_not_offered";
    public const string EmailNotConfirmed = "email_not_confirmed";
    public const string EventNotFound = "event_not_found";
    public const string FeatureNotAvailable = "feature_not_available";
    public const string FreeTierLimitReached = "free_tier_limit_reached";
    public const string IntervalSwitch = "interval_switch";
    public const string InvalidRequest = "invalid_request";
    public const string MonthDetachedBefore = "month_detached_before";
    public const string MonthIsCurrent = "month_is_current";
    public const string MonthNeedsBodies = "month_needs_bodies";
    public const string NoBillingAccount = "no_billing_account";
    public const string NoCustomer = "no_customer";
    public const string NoSubscription = "no_subscription";
    public const string NotYourPassword = "not_your_password";
    public const string NotABackup = "not_a_backup";
    public const string NothingForSale = "nothing_for_sale";
    public const string NothingScheduled = "nothing_scheduled";
    public const string NothingToChange = "nothing_to_change";
    public const string NothingToReplay = "nothing_to_replay";
    public const string PasswordRefused = "password_refused";
    public const string PaymentDeclined = "payment_declined";
    public const string PaymentOutstanding = "payment_outstanding";
    public const string PaymentRequired = "payment_required";
    public const string PlanSoldByPeople = "plan_sold_by_people";
    public const string PortalNotSetUp = "portal_not_set_up";
    public const string ProrationDateRequired = "proration_date_required";
    public const string QuoteDoesNotAddUp = "quote_does_not_add_up";
    public const string QuoteExpired = "quote_expired";
    public const string QuoteStale = "quote_stale";
    public const string ResetNotFound = "reset_not_found";
    public const string RunAlreadyCounted = "run_already_counted";
    public const string SeatCountOutOfRange = "seat_count_out_of_range";
    public const string SeatsBelowActive = "seats_below_active";
    public const string ServiceUnavailable = "service_unavailable";
    public const string SignUpRefused = "sign_up_refused";
    public const string StillLive = "still_live";
    public const string StripeBusy = "stripe_busy";
    public const string StripeRefused = "stripe_refused";
    public const string SubscriptionNotRecognised = "subscription_not_recognised";
    public const string SubscriptionRequired = "subscription_required";
    public const string TooManyCalls = "too_many_calls";
    public const string TooManyChanges = "too_many_changes";
    public const string TooManyStreams = "too_many_streams";
    public const string UnknownPrice = "unknown_price";
    public const string WrongPassword = "wrong_password";
    public const string UsageLimitReached = "usage_limit_reached";
}
