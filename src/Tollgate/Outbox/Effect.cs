using System.Text.Json.Serialization;

namespace Tollgate.Outbox;

/// <summary>
/// Something to dispatch after a commit. The set is closed; each occurrence is queued at most once, because its key
/// is unique in the outbox and is written in the commit that made it true.
/// </summary>
/// <param name="Occurrence">What makes this one different from the next of its kind, derived from Stripe's facts
/// alone.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlanActivated), "plan_activated")]
[JsonDerivedType(typeof(PaymentFailed), "payment_failed")]
[JsonDerivedType(typeof(PaymentActionRequired), "payment_action_required")]
[JsonDerivedType(typeof(PaymentRecovered), "payment_recovered")]
[JsonDerivedType(typeof(AccessEnded), "access_ended")]
[JsonDerivedType(typeof(SubscriptionChanged), "subscription_changed")]
[JsonDerivedType(typeof(AlertRaised), "alert_raised")]
[JsonDerivedType(typeof(BillingContactChanged), "billing_contact_changed")]
[JsonDerivedType(typeof(UsageReached), "usage_reached")]
[JsonDerivedType(typeof(HostMailQueued), "host_mail_queued")]
public abstract record Effect(string Occurrence)
{
    /// <summary>The kind under which the outbox keeps it.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}

/// <summary>A paid plan began, or changed to another: "You're on Team".</summary>
public sealed record PlanActivated(string Occurrence, string Plan, int? Seats) : Effect(Occurrence)
{
    public override string Kind => "plan_activated";
}

/// <summary>The charge of a base period failed and the grace began.</summary>
public sealed record PaymentFailed(string Occurrence, DateTimeOffset Since, DateTimeOffset GraceEndsAt)
    : Effect(Occurrence)
{
    public override string Kind => "payment_failed";
}

/// <summary>The bank requires the customer to confirm a payment on Stripe's page.</summary>
public sealed record PaymentActionRequired(string Occurrence, string? HostedInvoiceUrl) : Effect(Occurrence)
{
    public override string Kind => "payment_action_required";
}

/// <summary>An episode of failed payment ended with money.</summary>
public sealed record PaymentRecovered(string Occurrence, DateTimeOffset? PaidThrough) : Effect(Occurrence)
{
    public override string Kind => "payment_recovered";
}

/// <summary>A paid plan is over and the account is free again.</summary>
public sealed record AccessEnded(string Occurrence, string Plan, string Reason) : Effect(Occurrence)
{
    public override string Kind => "access_ended";
}

/// <summary>Any change of the projected subscription, for hosts that listen.</summary>
public sealed record SubscriptionChanged(string Occurrence, string FromPlan, string ToPlan, long Version)
    : Effect(Occurrence)
{
    public override string Kind => "subscription_changed";
}

/// <summary>Something that needs an operator: an unknown price, two live subscriptions.</summary>
public sealed record AlertRaised(string Occurrence, string Reason, string Detail) : Effect(Occurrence)
{
    public override string Kind => "alert_raised";
}

/// <summary>So much of a meter's window is used, by the last run that was counted.</summary>
/// <param name="Percent">Of the limit.</param>
/// <param name="At">Billing time.</param>
public sealed record UsageReached(
    string Occurrence,
    string Meter,
    int Percent,
    int Used,
    int Limit,
    DateTimeOffset WindowEndsAt,
    DateTimeOffset At
) : Effect(Occurrence)
{
    public override string Kind => "usage_reached";
}

/// <summary>A mail of the host's own, by the name that the host gives it.</summary>
/// <param name="Facts">What its words need, by names of the host's.</param>
public sealed record HostMailQueued(string Occurrence, string Mail, IReadOnlyDictionary<string, string> Facts)
    : Effect(Occurrence)
{
    internal const string HostMailKind = "host_mail_queued";

    /// <summary>Whom it goes to; null for the account's billing address.</summary>
    public string? To { get; init; }

    public override string Kind => HostMailKind;
}

/// <summary>
/// The account has another name or billing e-mail, which stand in its row and are to be sent to Stripe.
/// </summary>
public sealed record BillingContactChanged(string Occurrence) : Effect(Occurrence)
{
    public override string Kind => "billing_contact_changed";
}
