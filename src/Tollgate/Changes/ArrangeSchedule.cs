using Microsoft.EntityFrameworkCore;
using Tollgate.Catalog;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Changes;

/// <summary>A schedule of two phases at Stripe: the present period as it is, and the next at another price.</summary>
internal sealed class ArrangeSchedule(StripeClient stripe, PriceBook prices, BillingClock clock)
{
    /// <summary>Repeats with the same intent make the same schedule.</summary>
    /// <returns>Stripe's id of the schedule.</returns>
    public async Task<Outcome<string>> RunAsync(
        TollgateDb db,
        ScheduledChange intent,
        ChangeTarget subject,
        CancellationToken cancellationToken
    )
    {
        prices.TryFindForSale(intent.Price, out var price);
        var interactive = stripe.With(StripePatience.Interactive);
        var made = await interactive.ScheduleSubscription(intent.SubscriptionId, intent.Key("make"), cancellationToken);
        if (made.Refusal is { } notMade)
        {
            return new StripeSaidNo(notMade);
        }

        var arranged = await interactive.ChangeAtPhaseEnd(
            made.Value,
            new SchedulePhaseChange(
                subject.Item.PriceId,
                price!.StripeId,
                intent.Seats,
                price.Price.Interval == BillingInterval.Year ? "year" : "month"
            ),
            intent.Key("arrange"),
            cancellationToken
        );
        return arranged.Refusal is { } refusal ? await GiveUpAsync(db, intent, made.Value.Id, refusal) : made.Value.Id;
    }

    /// <summary>
    /// What the next invoice will be, now that the change is arranged, beside what was shown: for operators.
    /// </summary>
    public async Task CompareAsync(TollgateDb db, ScheduledChange done)
    {
        if (await Quotes.FindOpenAsync(db, done, clock.Now, CancellationToken.None) is not { } shown)
        {
            return;
        }

        var interactive = stripe.With(StripePatience.Interactive);
        var next = await interactive.PreviewInvoice(done.SubscriptionId, change: null, CancellationToken.None);
        if (!next.IsRefused)
        {
            var applied = next.Value.AmountDue;
            db.ChangeTracker.Clear();
            db.Update(shown with { State = QuoteState.Applied, AppliedAt = clock.Now, AppliedAmount = applied });
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    // A schedule that says nothing would stand in the way of every other change, and could not be taken back.
    private async Task<Outcome<string>> GiveUpAsync(
        TollgateDb db,
        ScheduledChange intent,
        string scheduleId,
        StripeRefusal refusal
    )
    {
        if (!refusal.IsTransient)
        {
            var interactive = stripe.With(StripePatience.Interactive);
            var released = await interactive.ReleaseSchedule(scheduleId, intent.Key("release"), CancellationToken.None);
            if (!released.IsRefused)
            {
                await db.Set<ScheduledChange>()
                    .Where(row => row.AccountId == intent.AccountId && row.ScheduleId == null)
                    .ExecuteDeleteAsync(CancellationToken.None);
            }
        }

        return new StripeSaidNo(refusal);
    }
}
