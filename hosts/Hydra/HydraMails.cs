using Tollgate.Effects;
using Tollgate.Notifications;

namespace Hydra;

/// <summary>Where Hydra says it in its own words: the first mail, which tells what a plan is good for.</summary>
internal sealed class HydraMails : MailTexts
{
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
