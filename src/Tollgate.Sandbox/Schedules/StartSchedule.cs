using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary>The first phase begins, and with it a subscription.</summary>
internal static class StartSchedule
{
    public static void Run(Transaction tx, JsonObject schedule)
    {
        var phase = schedule.Each("phases").First();
        var settings = schedule.Child("default_settings");
        var customer = tx.Get("customer", schedule.Text("customer"), "customer");
        var card = phase.TextOrNull("default_payment_method") ?? settings.TextOrNull("default_payment_method");
        var planned = new JsonObject { ["discounts"] = PhaseDiscounts.AsPlanned(phase) };
        var (subscription, _) = StartSubscription.Run(
            tx,
            new StartRequest(customer, [.. phase.Each("items").Select(item => ItemOf(tx, item))])
            {
                BillingMode = schedule.Child("billing_mode").Text("type"),
                Currency = phase.Text("currency"),
                CancelAt = schedule.Text("end_behavior") == "cancel" ? ScheduleDocument.LastEnd(schedule) : null,
                DefaultPaymentMethod = OwnPaymentMethod.Of(tx, card, customer.Id()),
                Description = phase.TextOrNull("description") ?? settings.TextOrNull("description"),
                Discounts = Redemption.Read(tx, planned, customer.Id(), subtotal: null),
                IsTaxAutomatic = AutomaticTax.IsOn(phase),
                Metadata = phase.Child("metadata"),
                Schedule = schedule.Id(),
                TrialEnd = phase.IntOrNull("trial_end"),
            }
        );
        schedule["status"] = "active";
        schedule["subscription"] = subscription.Id();
        ScheduleDocument.EnterPhase(schedule, phase);
    }

    private static ItemRequest ItemOf(Transaction tx, JsonObject item) =>
        new(tx.Get("price", item.Text("price")), item.Int("quantity"), item.Child("metadata"));
}
