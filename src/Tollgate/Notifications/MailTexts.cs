using Tollgate.Catalog;
using Tollgate.Outbox;

namespace Tollgate.Notifications;

/// <summary>
/// What the mails say. A host that wants other words derives from this, overrides the mails that it means, and
/// registers it as <see cref="MailTexts"/>.
/// </summary>
public class MailTexts
{
    /// <summary>What the mail about an effect says.</summary>
    internal MailText Of(Effect about, MailFacts facts, PlanCatalog catalog) =>
        about switch
        {
            PlanActivated activated => PlanActivated(activated, facts),
            PaymentFailed failed => PaymentFailed(failed, facts),
            PaymentActionRequired required => PaymentActionRequired(required, facts),
            PaymentRecovered recovered => PaymentRecovered(recovered, facts),
            AccessEnded ended => AccessEnded(ended, facts),
            UsageReached reached => UsageReached(reached, catalog.Meter(reached.Meter), facts),
            HostMailQueued mail => HostMail(mail, facts),
            _ => throw new InvalidOperationException($"There is no mail about {about.Kind}."),
        };

    public virtual MailText PlanActivated(PlanActivated about, MailFacts facts) =>
        new(
            $"You're on {facts.Product} {facts.PlanName}",
            $"You're on {facts.PlanName}",
            [
                $"{facts.Product} {facts.PlanName} is on for {facts.AccountName}{Seats(about.Seats)}. "
                    + "Everything in the plan works from now on.",
                "Invoices, seats and the card on file are in your billing settings.",
            ],
            new MailLink("Open billing settings", facts.SettingsUrl)
        );

    public virtual MailText PaymentFailed(PaymentFailed about, MailFacts facts) =>
        new(
            $"Your {facts.Product} payment did not go through",
            "Your payment did not go through",
            [
                $"The payment for {facts.Product} {facts.PlanName} of {facts.AccountName} did not go through. "
                    + "This happens when a card has expired or the bank says no.",
                $"Everything keeps working until {MailFacts.Day(about.GraceEndsAt)}. We try the card again before "
                    + "then; with a new card it is done in a minute.",
            ],
            new MailLink("Update the card", facts.SettingsUrl),
            "If the payment has gone through in the meantime, there is nothing to do."
        );

    public virtual MailText PaymentActionRequired(PaymentActionRequired about, MailFacts facts) =>
        new(
            $"Please confirm your {facts.Product} payment",
            "Your bank asks you to confirm",
            [
                $"Your bank wants you to confirm the payment for {facts.Product} {facts.PlanName} of "
                    + $"{facts.AccountName}. It takes a moment, on a page of Stripe, our payment provider.",
                "Until you have confirmed it, the payment stays open.",
            ],
            new MailLink("Confirm the payment", facts.PayUrl)
        );

    public virtual MailText PaymentRecovered(PaymentRecovered about, MailFacts facts) =>
        new(
            $"Your {facts.Product} payment went through",
            "All set: your payment went through",
            [
                $"The open payment for {facts.Product} {facts.PlanName} of {facts.AccountName} is settled. Thank you.",
                about.PaidThrough is { } paid
                    ? $"The plan is paid until {MailFacts.Day(paid)}. There is nothing else to do."
                    : "There is nothing else to do.",
            ],
            new MailLink("Open billing settings", facts.SettingsUrl)
        );

    public virtual MailText AccessEnded(AccessEnded about, MailFacts facts) =>
        about.Reason switch
        {
            "payment_failed" => new MailText(
                $"Your {facts.Product} {facts.PlanName} plan is paused",
                $"{facts.PlanName} is paused",
                [
                    $"The payment for {facts.AccountName} could not be collected, so {facts.Product} "
                        + $"{facts.PlanName} is paused. {Safe(facts)}",
                    "Pay the open invoice in your billing settings, and the plan is back at once.",
                ],
                new MailLink("Open billing settings", facts.SettingsUrl)
            ),
            "payment_refunded_or_disputed" => new MailText(
                $"Your {facts.Product} {facts.PlanName} plan is paused",
                $"{facts.PlanName} is paused",
                [
                    $"The payment for {facts.Product} {facts.PlanName} of {facts.AccountName} was refunded or "
                        + $"disputed, so the plan is paused. {Safe(facts)}",
                    "If that was a mistake, write to us and we set it right.",
                ],
                new MailLink("Open billing settings", facts.SettingsUrl)
            ),
            _ => new MailText(
                $"Your {facts.Product} {facts.PlanName} plan has ended",
                $"{facts.PlanName} has ended",
                [
                    $"{facts.Product} {facts.PlanName} for {facts.AccountName} has ended. "
                        + (facts.FreePlanName is { } free ? $"You are on {free} now, and everything" : "Everything")
                        + " you made is still there.",
                    "Thank you for having been with us. You can come back whenever you like.",
                ],
                new MailLink("See the plans", facts.UpgradeUrl)
            ),
        };

    public virtual MailText UsageReached(UsageReached about, Meter meter, MailFacts facts) =>
        about.Percent < 100
            ? new MailText(
                $"{about.Percent} % of your {facts.Product} {meter.Name} are used",
                $"{about.Percent} % used",
                [
                    $"{facts.AccountName} has used {about.Used} of {about.Limit} {meter.Noun.Many}. "
                        + $"The counter starts again on {MailFacts.Day(about.WindowEndsAt)}.",
                    facts.PlanWithMore is { } bigger
                        ? $"If you need more before then, {bigger} has it at once."
                        : "If you need more before then, write to us.",
                ],
                new MailLink("See the plans", facts.UpgradeUrl)
            )
            : new MailText(
                $"The limit of your {facts.Product} {meter.Name} is reached",
                "The limit is reached",
                [
                    $"{facts.AccountName} has used all {about.Limit} {meter.Noun.Many}. The counter "
                        + $"starts again on {MailFacts.Day(about.WindowEndsAt)}; nothing is charged by itself.",
                    facts.PlanWithMore is { } more
                        ? $"To go on before then, choose {more}: it holds at once."
                        : "To go on before then, write to us.",
                ],
                new MailLink("See the plans", facts.UpgradeUrl)
            );

    /// <summary>A mail of the host's own; a host that queues one overrides this.</summary>
    /// <exception cref="InvalidOperationException">Nobody wrote it.</exception>
    public virtual MailText HostMail(HostMailQueued about, MailFacts facts) =>
        throw new InvalidOperationException($"There are no words for the mail {about.Mail}.");

    private static string Safe(MailFacts facts) =>
        facts.FreePlanName is { } free ? $"Your data is safe, and {free} stays available." : "Your data is safe.";

    private static string Seats(int? seats) =>
        seats switch
        {
            null => "",
            1 => ", with 1 seat",
            _ => $", with {seats} seats",
        };
}
