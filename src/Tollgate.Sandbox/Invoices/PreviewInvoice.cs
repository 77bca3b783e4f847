using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Invoices;

/// <summary>
/// <c>/v1/invoices/create_preview</c>: what the next invoice of a subscription would be, also after a change. The
/// change is made for real and then undone, so that a preview and the change agree to the cent.
/// </summary>
internal static class PreviewInvoice
{
    private const string Schedule = "schedule";

    public static readonly Route Route = Route.Post(
        "/v1/invoices/create_preview",
        Run,
        Param.Text("customer"),
        Param.Text("subscription"),
        Param.Text(Schedule),
        Param.Group("schedule_details", UpdateSchedule.Parameters),
        Param.OneOf("preview_mode", "next"),
        Param.Group(
            "subscription_details",
            SubscriptionRoutes.ChangedItems,
            Param.Flag("cancel_at_period_end"),
            Param.Group("billing_cycle_anchor", Param.OneOf("type", "now", "unchanged").Required()),
            Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
            Param.Int("proration_date", min: 0)
        )
    );

    private static Answer Run(Call call)
    {
        var input = call.Input;
        var schedule = input.TextOrNull(Schedule) is { } id ? call.Tx.Get(ScheduleDocument.Kind, id, Schedule) : null;
        if (schedule is null && input.ContainsKey("schedule_details"))
        {
            throw StripeException.Invalid("Say by `schedule` which schedule the details are of.", "schedule_details");
        }

        var preview = call.Tx.Undone(scratch =>
            schedule is null
                ? Of(scratch, Find(call), input.ChildOrNull("subscription_details"))
                : OfSchedule(scratch, schedule, input.ChildOrNull("schedule_details"))
        );
        return Answer.Ok(call.Tx.InMemory<RecentPreviews>().Keep(preview));
    }

    private static JsonObject OfSchedule(Transaction tx, JsonObject schedule, JsonObject? details)
    {
        if (schedule.TextOrNull("subscription") is not { } id)
        {
            throw StripeException.Invalid("The Sandbox previews schedules that have started only.", Schedule);
        }

        var before = RequireLive(tx.Get(SubscriptionDocument.Kind, id));
        if (details is not null)
        {
            UpdateSchedule.Run(tx, schedule, details);
        }

        return Next(tx, before, tx.Get(SubscriptionDocument.Kind, id));
    }

    private static JsonObject Find(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        if (input.TextOrNull("subscription") is { } id)
        {
            var named = tx.Get(SubscriptionDocument.Kind, id, "subscription");
            return input.TextOrNull("customer") is { } owner && named.Text("customer") != owner
                ? throw StripeException.NoSuch(SubscriptionDocument.Kind, id, "subscription")
                : RequireLive(named);
        }

        var customer =
            input.TextOrNull("customer")
            ?? throw StripeException.Invalid(
                "You must provide `customer` or `subscription`.",
                "customer",
                "parameter_missing"
            );
        tx.Get("customer", customer, "customer");
        return tx.With(SubscriptionDocument.Kind, "customer", customer).FirstOrDefault(IsLive)
            ?? throw NoUpcoming(customer);
    }

    /// <summary>The next invoice after a change that the caller takes back.</summary>
    public static JsonObject Of(Transaction tx, JsonObject subscription, JsonObject? details) =>
        Next(tx, subscription, details is null ? subscription : ChangeSubscription.Run(tx, subscription, details));

    private static JsonObject Next(Transaction tx, JsonObject subscription, JsonObject changed)
    {
        if (changed.Text("latest_invoice") != subscription.Text("latest_invoice"))
        {
            // The change is invoiced at once: that invoice is the next one.
            return AsPreview(tx.Get(InvoiceDocument.Kind, changed.Text("latest_invoice")), tx, changed);
        }

        var start = SubscriptionDocument.PeriodEnd(changed);
        if (changed.IntOrNull("cancel_at") <= start)
        {
            throw NoUpcoming(changed.Text("customer"));
        }

        changed = ScheduleDue.BeforeRenewal(tx, changed, start);
        var customer = tx.Get("customer", changed.Text("customer"));
        var id = Transaction.NewId("upcoming_in");
        var waiting = PendingItems.Waiting(tx, customer.Id(), changed.Id(), changed.Text("currency"));
        var request = new InvoiceRequest(
            id,
            customer,
            changed,
            "upcoming",
            changed.Text("currency"),
            [
                .. waiting.Select(InvoiceLine.ForItem),
                .. changed
                    .Listed("items")
                    .Select(item => SubscriptionLine.Of(tx, changed, item, start, NextEnd(changed, item, start))),
            ],
            SubscriptionDocument.PeriodStart(changed),
            start
        );
        var preview = InvoiceDocument.Build(tx, request);
        preview["created"] = start;
        preview["next_payment_attempt"] = start + 3600;
        return preview;
    }

    private static JsonObject AsPreview(JsonObject invoice, Transaction tx, JsonObject subscription)
    {
        var customer = tx.Get("customer", invoice.Text("customer"));
        var request = new InvoiceRequest(
            Transaction.NewId("upcoming_in"),
            // The balance that the invoice started from, not what it left.
            WithBalance(customer, invoice.Int("starting_balance")),
            subscription,
            "subscription_update",
            invoice.Text("currency"),
            [.. invoice.Listed("lines").Select(line => line.Copy())],
            invoice.Int("period_start"),
            invoice.Int("period_end")
        );
        return InvoiceDocument.Build(tx, request);
    }

    private static JsonObject WithBalance(JsonObject customer, long balance)
    {
        var copy = customer.Copy();
        copy["balance"] = balance;
        return copy;
    }

    private static long NextEnd(JsonObject subscription, JsonObject item, long start)
    {
        var recurring = item.Child("price").Child("recurring");
        return BillingCalendar.BoundaryAfter(
            subscription.Int("billing_cycle_anchor"),
            recurring.Text("interval"),
            (int)recurring.Int("interval_count"),
            start
        );
    }

    private static JsonObject RequireLive(JsonObject subscription) =>
        IsLive(subscription) ? subscription : throw NoUpcoming(subscription.Text("customer"));

    private static bool IsLive(JsonObject subscription) =>
        subscription.Text("status") is "active" or "past_due" or "trialing" or "unpaid";

    private static StripeException NoUpcoming(string customer) =>
        new(404, "invalid_request_error", $"No upcoming invoices for customer: {customer}")
        {
            Code = "invoice_upcoming_none",
        };
}
