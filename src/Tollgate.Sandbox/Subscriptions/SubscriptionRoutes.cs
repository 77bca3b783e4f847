using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary><c>/v1/subscriptions</c>.</summary>
internal static class SubscriptionRoutes
{
    private const string Kind = SubscriptionDocument.Kind;
    public const long MaxQuantity = 999_999;

    /// <summary>Items of a change: with an id, of an item that there is; without, a new one.</summary>
    public static readonly Param ChangedItems = Param.Each(
        "items",
        Param.Text("id"),
        Param.Text("price"),
        Param.Int("quantity", 0, MaxQuantity),
        Param.Flag("deleted"),
        Redemption.Parameter,
        Param.Map("metadata")
    );

    private static readonly Param Feedback = Param.Group(
        "cancellation_details",
        Param.Text("comment"),
        Param.OneOf(
            "feedback",
            "customer_service",
            "low_quality",
            "missing_features",
            "other",
            "switched_service",
            "too_complex",
            "too_expensive",
            "unused"
        )
    );

    private static readonly Param[] Common =
    [
        AutomaticTax.Parameter,
        CancelTime.Parameter,
        Param.Flag("cancel_at_period_end"),
        Param.Text("default_payment_method"),
        Param.Text("description"),
        Redemption.Parameter,
        Param.Map("metadata"),
        Param.Flag("off_session"),
        PaymentSettings.Parameter,
        .. SendInvoice.Parameters,
    ];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/subscriptions",
            Create,
            [
                Param.Currency("currency"),
                Param.Text("customer").Required(),
                Param
                    .Each(
                        "items",
                        Param.Text("price").Required(),
                        Param.Int("quantity", 0, MaxQuantity),
                        Redemption.Parameter,
                        Param.Map("metadata")
                    )
                    .Required(),
                Param.Group("billing_mode", Param.OneOf("type", "classic", "flexible").Required()),
                Param.OneOf("payment_behavior", PaymentBehavior.OfNew),
                .. Trial.OfNew,
                .. Common,
            ]
        ),
        Route.List(
            "/v1/subscriptions",
            List,
            Param.Text("customer"),
            Param.Text("price"),
            Param.Text("test_clock"),
            Param.OneOf(
                "status",
                "active",
                "all",
                "canceled",
                "ended",
                "incomplete",
                "incomplete_expired",
                "past_due",
                "paused",
                "trialing",
                "unpaid"
            ),
            Param.Range("created")
        ),
        Route.Get("/v1/subscriptions/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/subscriptions/{id}",
            Update,
            [
                ChangedItems,
                Param.Group("billing_cycle_anchor", Param.OneOf("type", "now", "unchanged").Required()),
                Param.OneOf("payment_behavior", PaymentBehavior.OfUpdates),
                Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
                Param.Int("proration_date", min: 0),
                Feedback,
                PauseCollection.Parameter,
                .. Trial.OfUpdates(),
                .. Common,
            ]
        ),
        Route.Delete("/v1/subscriptions/{id}", Cancel, Feedback, Param.Flag("invoice_now"), Param.Flag("prorate")),
        ResumeSubscription.Route,
        SubscriptionDiscounts.Route,
    ];

    /// <summary>What <c>expand[]=subscriptions</c> puts into a customer.</summary>
    public static JsonObject Embedded(Transaction tx, JsonObject customer) =>
        ListPage.Embedded(
            tx.With(Kind, "customer", customer.Id())
                .Where(sub => sub.Text("status") is not ("canceled" or "incomplete_expired"))
                .Select(Rendering.Publish),
            $"/v1/customers/{customer.Id()}/subscriptions"
        );

    private static Answer Create(Call call)
    {
        var tx = call.Tx;
        var customer = tx.Get("customer", call.Input.Text("customer"), "customer");
        var (subscription, _) = StartSubscription.Run(
            tx,
            new StartRequest(customer, ItemChanges.Read(tx, [.. call.Input.Each("items")], "items"))
            {
                BillingMode = call.Input.ChildOrNull("billing_mode")?.Text("type") ?? "flexible",
                CancelAt = CancelTime.ForNew(tx, call.Input),
                Currency = call.Input.TextOrNull("currency"),
                CancelAtPeriodEnd = call.Input.Flag("cancel_at_period_end"),
                DaysUntilDue = DaysUntilDue(call.Input),
                DefaultPaymentMethod = OwnPaymentMethod.Of(
                    tx,
                    call.Input.TextOrNull("default_payment_method"),
                    customer.Id()
                ),
                Description = call.Input.TextOrNull("description"),
                IsTaxAutomatic = AutomaticTax.IsOn(call.Input),
                Metadata = Metadata.From(call.Input),
                Discounts = Redemption.Read(tx, call.Input, customer.Id(), subtotal: null),
                MissingPaymentMethod = Trial.MissingPaymentMethod(call.Input),
                TrialEnd = Trial.EndOf(tx, call.Input),
                PaymentBehavior = call.Input.TextOrNull("payment_behavior") ?? "allow_incomplete",
                Given = call.Input,
            }
        );
        return Answer.Ok(subscription);
    }

    private static long? DaysUntilDue(JsonObject input)
    {
        var collection = new JsonObject();
        SendInvoice.Apply(collection, input);
        return collection.IntOrNull("days_until_due");
    }

    private static Answer List(Call call)
    {
        var input = call.Input;
        var status = input.TextOrNull("status");
        return ListPage.Of(
            call,
            Kind,
            subscription =>
                (input.TextOrNull("customer") is not { } customer || subscription.Text("customer") == customer)
                && IsOnClock(subscription, input)
                && HasStatus(subscription.Text("status"), status)
                && (
                    input.TextOrNull("price") is not { } price
                    || subscription.Listed("items").Any(item => item.Child("price").Id() == price)
                )
                && ListPage.InRange(subscription, input, "created"),
            status is null or "all" or "ended" ? null : new IndexKey("has_status", status)
        );
    }

    /// <summary>Without a filter by clock or customer Stripe leaves out what lives by a test clock.</summary>
    private static bool IsOnClock(JsonObject subscription, JsonObject input) =>
        input.TextOrNull("test_clock") is { } clock
            ? subscription.TextOrNull("test_clock") == clock
            : input.TextOrNull("customer") is not null || subscription.TextOrNull("test_clock") is null;

    /// <summary>Without a filter Stripe leaves out what has been canceled.</summary>
    private static bool HasStatus(string status, string? wanted) =>
        wanted switch
        {
            null => status != "canceled",
            "all" => true,
            "ended" => status is "canceled" or "incomplete_expired",
            _ => status == wanted,
        };

    private static Answer Update(Call call)
    {
        var before = call.Tx.Get(Kind, call.Id);
        var after = ChangeSubscription.Run(call.Tx, before, call.Input);
        return Answer.Ok(SubscriptionLimits.Enforce(call.Tx, before, after));
    }

    private static Answer Cancel(Call call)
    {
        var subscription = call.Tx.Get(Kind, call.Id);
        if (subscription.Text("status") is "canceled" or "incomplete_expired")
        {
            // Stripe answers as if it were not there.
            throw StripeException.NoSuch(Kind, call.Id, parameter: null);
        }

        return Answer.Ok(
            CancelSubscription.AndSettle(
                call.Tx,
                subscription,
                call.Input.Flag("prorate"),
                call.Input.Flag("invoice_now"),
                call.Input.ChildOrNull("cancellation_details")
            )
        );
    }
}
