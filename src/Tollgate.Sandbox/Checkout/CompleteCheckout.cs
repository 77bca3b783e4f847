using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary>What the buyer gave on the page.</summary>
/// <param name="Method">Null where none is asked for: nothing is due, and none is collected.</param>
internal sealed record CheckoutInput(JsonObject? Method)
{
    private static readonly JsonObject NoDetails = [];

    public JsonObject Billing => Method?.Child("billing_details") ?? NoDetails;

    /// <summary>As the buyer gave it on the page; else the card's.</summary>
    public JsonObject? Address
    {
        get => field ?? Billing.ChildOrNull("address");
        init;
    }

    public string? TaxId { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>Chosen quantities by line item id.</summary>
    public IReadOnlyDictionary<string, long> Quantities { get; init; } = new Dictionary<string, long>();

    /// <summary>The total that the buyer saw, in minor units; null if it was not stated.</summary>
    public long? ExpectedAmount { get; init; }

    public Presence Presence { get; init; } = Presence.OnSession;
}

/// <summary>
/// The buyer pays. A refused card leaves the session open, with a failed charge on its payment intent and nothing
/// else: no customer, no subscription.
/// </summary>
internal static class CompleteCheckout
{
    /// <summary>Pays a session with a card.</summary>
    /// <returns>The payment, or the card's saving; null when nothing was due. Unless it is paid, the session stays
    /// open.</returns>
    public static PaymentOutcome? Run(Transaction tx, JsonObject session, CheckoutInput input)
    {
        if (session.Text("status") != "open")
        {
            throw StripeException.Invalid(
                $"This Checkout Session is no longer open (status: {session.Text("status")}).",
                code: "checkout_session_not_open"
            );
        }

        tx = tx.By(session);
        if (CheckoutSetup.Is(session))
        {
            return CheckoutSetup.Run(tx, session, input, input.Method ?? throw MethodMissing());
        }

        var chosen = tx.Change(
            session,
            change =>
            {
                CheckoutLineItems.SetQuantities(change, input.Quantities);
                CheckoutDiscounts.SumUp(tx, change);
            }
        );
        var total = CheckoutLineItems.Total(chosen);
        if (input.ExpectedAmount is { } expected && expected != total)
        {
            throw StripeException.Invalid(
                $"The expected amount {expected} is not the session's total of {total}.",
                "expected_amount",
                "checkout_amount_mismatch"
            );
        }

        if (input.Method is not { } method)
        {
            return NeedsMethod(chosen) ? throw MethodMissing() : Subscribe(tx, chosen, input);
        }

        if (total > 0 && !ConfirmPayment.WillPass(tx, method, input.Presence, chosen.TextOrNull("customer")))
        {
            return Fail(tx, chosen, method, input.Presence, total);
        }

        return chosen.Text("mode") == "subscription"
            ? Subscribe(tx, chosen, input)
            : Pay(tx, chosen, input, method, total);
    }

    /// <summary>Whether the buyer has to give a card.</summary>
    public static bool NeedsMethod(JsonObject session) =>
        session.Text("mode") != "subscription"
        || session.Text("payment_method_collection") == "always"
        || session.IntOrNull("amount_total") > 0;

    private static StripeException MethodMissing() =>
        StripeException.Invalid("Missing required param: payment_method.", "payment_method", "parameter_missing");

    /// <summary>The refusal that the page, or the caller, gets.</summary>
    public static StripeException Refusal(PaymentOutcome outcome) =>
        outcome.Refusal is { } refusal
            ? ConfirmPayment.Declined(refusal, outcome.ChargeId, outcome.Intent)
            : new StripeException(402, "card_error", "This payment requires 3D Secure authentication.")
            {
                Code = "authentication_required",
                Intent = Rendering.Publish(outcome.Intent),
            };

    private static PaymentOutcome Fail(
        Transaction tx,
        JsonObject session,
        JsonObject method,
        Presence presence,
        long total
    )
    {
        var intent = Intent(tx, session, session.TextOrNull("customer"), total);
        tx.Change(session, change => change["_payment_intent"] = intent.Id());
        return ConfirmPayment.Run(tx, intent, method, presence);
    }

    private static PaymentOutcome? Subscribe(Transaction tx, JsonObject session, CheckoutInput input)
    {
        var customer = CustomerOf(tx, session, input);
        var method = input.Method is { } given
            ? AttachPaymentMethod.Run(tx, given.Id(), customer.Id(), "payment_method")
            : null;
        CheckoutTax.Keep(tx, session, customer, input);
        var data = session.ChildOrNull("_subscription_data");
        var intent = session.TextOrNull("_payment_intent") is null
            ? null
            : Intent(tx, session, customer.Id(), CheckoutLineItems.Total(session));
        var (subscription, payment) = StartSubscription.Run(
            tx,
            new StartRequest(
                customer,
                [
                    .. session
                        .Each("_line_items")
                        .Select(item => new ItemRequest(item.Child("price"), item.Int("quantity"), [])),
                ]
            )
            {
                BillingMode = data?.ChildOrNull("billing_mode")?.Text("type") ?? "flexible",
                Currency = session.Text("currency"),
                DefaultPaymentMethod = method?.Id(),
                Description = data?.TextOrNull("description"),
                Metadata = Metadata.From(data ?? []),
                Discounts = CheckoutDiscounts.Grants(tx, session),
                MissingPaymentMethod = Trial.MissingPaymentMethod(data ?? []),
                TrialEnd = Trial.EndOf(tx, data ?? []),
                IsTaxAutomatic = AutomaticTax.IsOn(session),
                Presence = input.Presence,
                Intent = intent?.Id(),
            }
        );
        Complete(
            tx,
            session,
            input,
            customer,
            change =>
            {
                change["subscription"] = subscription.Id();
                change["invoice"] = subscription.Text("latest_invoice");
            }
        );
        return payment;
    }

    private static PaymentOutcome? Pay(
        Transaction tx,
        JsonObject session,
        CheckoutInput input,
        JsonObject method,
        long total
    )
    {
        var customer =
            session.TextOrNull("customer") is not null || session.TextOrNull("customer_creation") == "always"
                ? CustomerOf(tx, session, input)
                : null;
        foreach (var grant in CheckoutDiscounts.Grants(tx, session))
        {
            Redemption.Count(tx, grant);
        }

        if (total == 0)
        {
            Complete(tx, session, input, customer, static _ => { });
            return null;
        }

        var intent = Intent(tx, session, customer?.Id(), total);
        var outcome = ConfirmPayment.Run(tx, intent, method, input.Presence);
        Complete(tx, session, input, customer, change => change["payment_intent"] = intent.Id());
        return outcome;
    }

    /// <summary>The session's payment intent; a former attempt's is used again, with the amount of now.</summary>
    private static JsonObject Intent(Transaction tx, JsonObject session, string? customer, long total)
    {
        var data = session.ChildOrNull("_payment_intent_data");
        if (session.TextOrNull("_payment_intent") is { } id)
        {
            return tx.Change(
                tx.Get(PaymentIntentDocument.Kind, id),
                change =>
                {
                    change["amount"] = total;
                    change["customer"] = customer;
                }
            );
        }

        var intent = PaymentIntentDocument.Add(
            tx,
            total,
            session.Text("currency"),
            customer,
            data?.TextOrNull("description"),
            ShippingAddress.From(data?.ChildOrNull("shipping")),
            session.Text("mode") == "subscription"
        );
        return data is null ? intent : tx.Change(intent, change => Metadata.Apply(change, data));
    }

    public static JsonObject CustomerOf(Transaction tx, JsonObject session, CheckoutInput input)
    {
        if (session.TextOrNull("customer") is { } id)
        {
            return tx.Get("customer", id, "customer");
        }

        var billing = input.Billing;
        return CustomerRoutes.Add(
            tx,
            new JsonObject
            {
                ["email"] = input.Email ?? session.TextOrNull("customer_email") ?? billing.TextOrNull("email"),
                ["name"] = input.Name ?? billing.TextOrNull("name"),
            }
        );
    }

    public static void Complete(
        Transaction tx,
        JsonObject session,
        CheckoutInput input,
        JsonObject? customer,
        Action<JsonObject> alsoChange
    )
    {
        var billing = input.Billing;
        var email = customer?.TextOrNull("email") ?? input.Email ?? billing.TextOrNull("email");
        var name = input.Name ?? billing.TextOrNull("name") ?? customer?.TextOrNull("name");
        var completed = tx.Change(
            tx.Get(CheckoutSessionRoutes.Kind, session.Id()),
            change =>
            {
                change["status"] = "complete";
                change["payment_status"] = change.IntOrNull("amount_total") > 0 ? "paid" : "no_payment_required";
                change["url"] = null;
                change["customer"] = customer?.Id();
                change["customer_details"] = CheckoutSessionDocument.Details(
                    email,
                    name,
                    input.Address?.DeepClone(),
                    billing.TextOrNull("phone")
                );
                if (AutomaticTax.IsOn(change))
                {
                    change.Child("automatic_tax")["status"] = "complete";
                }

                alsoChange(change);
            }
        );
        tx.Emit("checkout.session.completed", completed);
    }
}
