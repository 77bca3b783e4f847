using Tollgate.Identity;
using Tollgate.Notifications;
using Tollgate.Outbox;

namespace ImportCsv.Cloud;

/// <summary>Where ImportCSV says it in its own words, and its own mails.</summary>
internal sealed class ImportCsvMails : MailTexts
{
    public const string Welcome = "welcome";

    /// <summary>On the first, the fourth and the seventh day of the grace.</summary>
    public static MailOptions Days { get; } =
        new() { GraceMailsAfter = [TimeSpan.Zero, TimeSpan.FromDays(3), TimeSpan.FromDays(6)] };

    public override MailText HostMail(HostMailQueued about, MailFacts facts) =>
        about.Mail switch
        {
            Welcome => new MailText(
                "Welcome to ImportCSV",
                "Welcome to ImportCSV",
                [
                    "Make an importer, say which columns it takes, and put one tag into your page. Your users bring "
                        + "their CSV files, and you get clean rows.",
                    $"{facts.FreePlanName} has 100 imports a month with 10,000 rows each. Nothing is ever charged by "
                        + "itself.",
                ],
                new MailLink("Open your importers", facts.AppUrl)
            ),
            _ => SignInWords.Find(about, facts) ?? base.HostMail(about, facts),
        };

    public override MailText PlanActivated(PlanActivated about, MailFacts facts)
    {
        var plan = ImportCsvPlans.Catalog.Plan(about.Plan);
        return new MailText(
            $"You're on {facts.Product} {facts.PlanName}",
            $"You're on {facts.PlanName}",
            [
                $"Your plan is confirmed. Yours now: {string.Join(" · ", plan.Highlights)}.",
                "The badge and your own CSS are settings of each importer; invoices and the card are in your billing "
                    + "settings.",
            ],
            new MailLink("Open your importers", facts.AppUrl)
        );
    }

    public override MailText PaymentFailed(PaymentFailed about, MailFacts facts)
    {
        var days = Math.Max(1, (int)Math.Ceiling((about.GraceEndsAt - facts.Now).TotalDays));
        var left = days == 1 ? "1 day left" : $"{days} days left";
        return base.PaymentFailed(about, facts) with
        {
            Subject = $"Your {facts.Product} payment did not go through: {left}",
            Heading = $"Your payment did not go through: {left}",
        };
    }

    public override MailText AccessEnded(AccessEnded about, MailFacts facts)
    {
        var usual = base.AccessEnded(about, facts);
        var free = ImportCsvPlans.Catalog.WithoutSubscription;
        return about.Reason == "payment_failed"
            ? usual with
            {
                Paragraphs =
                [
                    $"Your last payment could not be collected, so {facts.PlanName} is paused, and your importers take "
                        + "no files for now. Nothing you made is lost.",
                    "Update the payment method, and the plan is back by itself. If you would rather not, cancel the "
                        + $"subscription, and your importers go on within {free.Name}: "
                        + $"{string.Join(", ", free.Highlights)}.",
                ],
            }
            : usual;
    }
}
