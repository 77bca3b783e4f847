using Tollgate.Simulation.Checks;
using Tollgate.Simulation.Schedule;

namespace Tollgate.Simulation.World;

/// <summary>What the account's people do, in the product and on Stripe's pages.</summary>
internal sealed class People(SimulatedWorld world, Storm storm, Tally tally)
{
    private const string GoodCard = "4242424242424242";
    private const string CardThatAsks = "4000002760003184";
    private const string DeclinedCard = "4000000000000002";
    private const string CardThatFailsLater = "4000000000000341";

    /// <summary>Sessions whose page somebody was sent to, the oldest first.</summary>
    private readonly List<string> shown = [];

    public IReadOnlyList<(int Weight, (string Name, Func<Task> Do) Choice)> Acts =>
        [
            (6, ("clicks upgrade", ClickAsync)),
            (6, ("pays", PayAsync)),
            (4, ("comes back", ReturnAsync)),
            (2, ("cancels at period end", () => OfLiveAsync("cancels at period end", CancelAtEndAsync))),
            (2, ("undoes the cancellation", () => OfLiveAsync("undoes the cancellation", UndoAsync))),
            (2, ("cancels at once", () => OfLiveAsync("cancels at once", CancelNowAsync))),
            (2, ("has a card that fails", () => OfLiveAsync("has a card that fails", FailLaterAsync))),
            (6, ("fails a renewal", () => OfLiveAsync("fails a renewal", FailRenewalAsync))),
            (4, ("pays with a new card", () => OfLiveAsync("pays with a new card", RecoverAsync))),
            (2, ("changes the plan", () => OfLiveAsync("changes the plan", ChangePlanAsync))),
            (1, ("is given another by hand", () => OfLiveAsync("is given another by hand", MakeByHandAsync))),
        ];

    private Task ClickAsync()
    {
        var clicks = storm.Chance(0.25) ? 2 : 1;
        for (var click = 0; click < clicks; click++)
        {
            var plan = storm.Pick<string>(["team", "business"]);
            var seats = 1 + storm.Below(3);
            world.Begin(storm.Below(2), $"opens a checkout of {plan}", node => OpenAsync(node, plan, seats));
        }

        tally.Count(clicks == 1 ? "clicks upgrade" : "clicks upgrade twice");
        return Task.CompletedTask;
    }

    private async Task OpenAsync(AppNode node, string plan, int seats)
    {
        var outcome = await node.Click.RunAsync(
            SimulatedWorld.Account,
            $"{plan}_monthly",
            seats,
            currency: null,
            CancellationToken.None
        );
        if (outcome.Refusal is { } refusal)
        {
            tally.Count($"checkout refused: {refusal.GetType().Name}");
            return;
        }

        var session = outcome.Value!.Segments[^1];
        shown.Remove(session);
        shown.Add(session);
    }

    private async Task PayAsync()
    {
        if (Session() is not { } session)
        {
            await ClickAsync();
            return;
        }

        var card = storm.Pick<string>([(6, GoodCard), (2, CardThatAsks), (1, CardThatFailsLater), (2, DeclinedCard)]);
        using var answer = await world.Stripe.TryPostAsync(
            $"/c/pay/{session}",
            ("email", "owner@acme.test"),
            ("number", card),
            ("expiry", "12 / 34"),
            ("cvc", "123"),
            ("authenticated", card == CardThatAsks ? "true" : "false")
        );
        tally.Count($"pays: {(int)answer.StatusCode}");
    }

    private Task ReturnAsync()
    {
        if (Session() is { } session)
        {
            world.Begin(storm.Below(2), "shows the success page", node => ShowAsync(node, session));
        }

        return Task.CompletedTask;
    }

    private async Task ShowAsync(AppNode node, string session)
    {
        var outcome = await node.Return.RunAsync(SimulatedWorld.Account, session, CancellationToken.None);
        tally.Count(outcome.Refusal is { } no ? $"comes back: {no.GetType().Name}" : $"comes back: {outcome.Value}");
    }

    private async Task OfLiveAsync(string name, Func<BoughtSubscription, StripeTruth, Task> act)
    {
        var truth = await StripeTruth.ReadAsync(world.Stripe);
        if (truth.Subscriptions.FirstOrDefault(bought => bought.IsLive) is { } live)
        {
            await act(live, truth);
            tally.Count(name);
            return;
        }

        // whoever has no subscription can only buy one
        await (shown.Count == 0 ? ClickAsync() : PayAsync());
    }

    private Task CancelAtEndAsync(BoughtSubscription live, StripeTruth truth) =>
        world.Stripe.PostAsync($"/v1/subscriptions/{live.Id}", ("cancel_at_period_end", "true"));

    private Task UndoAsync(BoughtSubscription live, StripeTruth truth) =>
        live.CancelsAtPeriodEnd
            ? world.Stripe.PostAsync($"/v1/subscriptions/{live.Id}", ("cancel_at_period_end", "false"))
            : Task.CompletedTask;

    private Task CancelNowAsync(BoughtSubscription live, StripeTruth truth) =>
        world.Stripe.DeleteAsync($"/v1/subscriptions/{live.Id}");

    private Task FailLaterAsync(BoughtSubscription live, StripeTruth truth) => ChargeToAsync(live, CardThatFailsLater);

    // Stripe holds the renewal's invoice for an hour before it charges.
    private async Task FailRenewalAsync(BoughtSubscription live, StripeTruth truth)
    {
        await ChargeToAsync(live, CardThatFailsLater);
        await world.PassAsync(live.PeriodEnd - world.Now + TimeSpan.FromMinutes(61 + storm.Below(60)));
    }

    private async Task RecoverAsync(BoughtSubscription live, StripeTruth truth)
    {
        await ChargeToAsync(live, GoodCard);
        foreach (var open in truth.Invoices.Where(invoice => invoice is { Status: "open", Page: not null }))
        {
            using var answer = await world.Stripe.TryPostAsync(
                new Uri(open.Page!).AbsolutePath,
                ("number", GoodCard),
                ("expiry", "12 / 34"),
                ("cvc", "123")
            );
            tally.Count($"pays an invoice: {(int)answer.StatusCode}");
        }
    }

    private async Task ChangePlanAsync(BoughtSubscription live, StripeTruth truth)
    {
        // refused while a payment is outstanding, or when it is declined
        using var answer = await world.Stripe.TryPostAsync(
            $"/v1/subscriptions/{live.Id}",
            ("items[0][id]", live.Item),
            ("items[0][price]", world.PriceOf(storm.Pick<string>(["team", "business"]))),
            ("items[0][quantity]", $"{1 + storm.Below(5)}"),
            ("proration_behavior", storm.Pick<string>(["create_prorations", "always_invoice"]))
        );
        tally.Count($"changes the plan: {(int)answer.StatusCode}");
    }

    private async Task MakeByHandAsync(BoughtSubscription live, StripeTruth truth)
    {
        if (truth.Subscriptions.Count(bought => bought.IsLive) > 1)
        {
            return;
        }

        await ChargeToAsync(live, GoodCard);
        var found = await world.Stripe.GetAsync($"/v1/subscriptions/{live.Id}");
        var made = await world.Stripe.PostAsync(
            "/v1/subscriptions",
            ("customer", found.GetProperty("customer").GetString()!),
            ("default_payment_method", found.GetProperty("default_payment_method").GetString()!),
            ("items[0][price]", world.PriceOf(storm.Pick<string>(["team", "business"]))),
            ("items[0][quantity]", "1")
        );
        world.MadeByHand.Add(made.GetProperty("id").GetString()!);
    }

    private async Task ChargeToAsync(BoughtSubscription live, string card)
    {
        var customers = await world.Stripe.ListAsync("/v1/customers");
        var method = await world.Stripe.PostAsync(
            "/v1/payment_methods",
            ("type", "card"),
            ("card[number]", card),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "2034"),
            ("card[cvc]", "123")
        );
        var id = method.GetProperty("id").GetString()!;
        await world.Stripe.PostAsync(
            $"/v1/payment_methods/{id}/attach",
            ("customer", customers[0].GetProperty("id").GetString()!)
        );
        await world.Stripe.PostAsync($"/v1/subscriptions/{live.Id}", ("default_payment_method", id));
    }

    // as a rule the one that was shown last; sometimes an old tab
    private string? Session() =>
        shown.Count == 0 ? null
        : storm.Chance(0.8) ? shown[^1]
        : storm.Pick<string>(shown);
}
