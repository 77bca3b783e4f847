using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>POST /v1/payment_intents</c>, and its update before it is paid.</summary>
internal static class CreatePaymentIntent
{
    private static readonly Param[] Common =
    [
        Param.Text("customer"),
        Param.Text("description"),
        Param.Map("metadata"),
        Param.Text("payment_method"),
        Param.Text("receipt_email"),
        Param.OneOf("setup_future_usage", "off_session", "on_session"),
        ShippingAddress.Parameter,
        Param.Text("statement_descriptor"),
        Param.Text("statement_descriptor_suffix"),
        // Callers of older versions still name the types; cards are all there is.
        Param.Texts("payment_method_types"),
    ];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/payment_intents",
            Create,
            [
                Param.Int("amount", min: 1).Required(),
                Param.Currency("currency").Required(),
                Param.Group(
                    "automatic_payment_methods",
                    Param.Flag("enabled").Required(),
                    Param.OneOf("allow_redirects", "always", "never")
                ),
                Param.OneOf("capture_method", "automatic", "automatic_async", "manual"),
                Param.Flag("confirm"),
                Param.OneOf("confirmation_method", "automatic", "manual"),
                .. ConfirmPaymentIntent.Parameters,
                .. Common,
            ]
        ),
        Route.Post("/v1/payment_intents/{id}", Update, [Param.Int("amount", min: 1), .. Common]),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        if (input.ContainsKey("off_session") && !input.Flag("confirm"))
        {
            throw StripeException.Invalid("`off_session` can only be passed together with `confirm`.", "off_session");
        }

        Currencies.RequireChargeable(input.Int("amount"), input.Text("currency"));
        var customer = input.TextOrNull("customer");
        var intent = PaymentIntentDocument.Add(
            tx,
            input.Int("amount"),
            input.Text("currency"),
            customer is null ? null : tx.Get("customer", customer, "customer").Id(),
            input.TextOrNull("description"),
            ShippingAddress.From(input.ChildOrNull("shipping")),
            given: Given(tx, input, customer)
        );
        return input.Flag("confirm") ? ConfirmPaymentIntent.Run(tx, intent, input) : Answer.Ok(intent);
    }

    private static Answer Update(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var intent = tx.Get(PaymentIntentDocument.Kind, call.Id);
        ConfirmPaymentIntent.RequireOpen(intent, "updated");
        Currencies.RequireChargeable(input.IntOrNull("amount") ?? intent.Int("amount"), intent.Text("currency"));
        var customer = input.TextOrNull("customer") ?? intent.TextOrNull("customer");
        if (customer is not null)
        {
            tx.Get("customer", customer, "customer");
        }

        return Answer.Ok(
            tx.Change(
                intent,
                change =>
                {
                    Metadata.CopyGiven(change, input, "amount", "customer", "description");
                    Given(tx, input, customer)(change);
                    Metadata.Apply(change, input);
                    if (input.ContainsKey("shipping"))
                    {
                        change["shipping"] = ShippingAddress.From(input.ChildOrNull("shipping"));
                    }
                }
            )
        );
    }

    /// <summary>Sets what both requests can give.</summary>
    private static Action<JsonObject> Given(Transaction tx, JsonObject input, string? customer)
    {
        var method = input.TextOrNull("payment_method") is { } named
            ? ConfirmPaymentIntent.MethodFor(tx, named, customer)
            : null;
        return change =>
        {
            Metadata.CopyGiven(
                change,
                input,
                "capture_method",
                "confirmation_method",
                "receipt_email",
                "setup_future_usage",
                "statement_descriptor",
                "statement_descriptor_suffix"
            );
            change["metadata"] = Metadata.Merge(change.ChildOrNull("metadata"), input["metadata"] ?? new JsonObject());
            if (input.ChildOrNull("automatic_payment_methods") is { } automatic)
            {
                change["automatic_payment_methods"] = new JsonObject
                {
                    ["allow_redirects"] = automatic.TextOrNull("allow_redirects") ?? "always",
                    ["enabled"] = automatic.Flag("enabled"),
                };
            }

            if (method is not null)
            {
                change["payment_method"] = method.Id();
                change["status"] = "requires_confirmation";
            }
        };
    }
}
