using Tollgate.Identity;
using Tollgate.Notifications;
using Tollgate.Outbox;

namespace Hydra;

/// <summary>Where Hydra says it in its own words: the first mail, which explains what a plan is good for.</summary>
internal sealed class HydraMails : MailTexts
{
    public const string ConfirmBilling = "confirm_billing_email";
    public const string Link = "link";

    public override MailText HostMail(HostMailQueued about, MailFacts facts) =>
        about.Mail == ConfirmBilling
            ? new MailText(
                $"Confirm that bills of {facts.AccountName} come here",
                "Are these your bills?",
                [
                    $"An owner of {facts.AccountName} wants what {facts.Product} mails about billing to come to this "
                        + "address.",
                    "The link holds for a day. Until you confirm, nothing changes.",
                ],
                new MailLink("Yes, send them here", new Uri(about.Facts[Link])),
                "If you do not know them, do nothing."
            )
            : SignInWords.Find(about, facts) ?? base.HostMail(about, facts);

    public override MailText PlanActivated(PlanActivated about, MailFacts facts)
    {
        var usual = base.PlanActivated(about, facts);
        var plan = HydraPlans.Catalog.Plan(about.Plan);
        return usual with
        {
            Paragraphs =
            [
                usual.Paragraphs[0],
                $"Yours now: {string.Join(" · ", plan.Highlights)}.",
                .. usual.Paragraphs.Skip(1),
            ],
        };
    }
}
