using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>/v1/setup_intents</c>: cards saved for later by API.</summary>
internal static class SetupIntentRoutes
{
    private const string Kind = SetupIntentDocument.Kind;

    private static readonly Param[] Common =
    [
        Param.Text("customer"),
        Param.Text("description"),
        Param.Map("metadata"),
        Param.Text("payment_method"),
        // Callers of older versions still name the types; cards are all there is.
        Param.Texts("payment_method_types"),
    ];

    private static readonly Param[] OfConfirmation = [Param.Text("return_url"), Param.Flag("use_stripe_sdk")];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/setup_intents",
            Create,
            [
                Param.Group(
                    "automatic_payment_methods",
                    Param.Flag("enabled").Required(),
                    Param.OneOf("allow_redirects", "always", "never")
                ),
                Param.Flag("confirm"),
                Param.OneOf("usage", "off_session", "on_session"),
                .. OfConfirmation,
                .. Common,
            ]
        ),
        Route.List(
            "/v1/setup_intents",
            List,
            Param.Text("customer"),
            Param.Text("payment_method"),
            Param.Range("created")
        ),
        Route.Get("/v1/setup_intents/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/setup_intents/{id}", Update, Common),
        Route.Post(
            "/v1/setup_intents/{id}/confirm",
            call => Confirm(call, call.Tx.Get(Kind, call.Id)),
            [Param.Text("payment_method"), .. OfConfirmation]
        ),
        Route.Post(
            "/v1/setup_intents/{id}/cancel",
            Cancel,
            Param.OneOf("cancellation_reason", "abandoned", "duplicate", "requested_by_customer")
        ),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var customer = input.TextOrNull("customer");
        if (customer is not null)
        {
            tx.Get("customer", customer, "customer");
        }

        var intent = SetupIntentDocument.Add(
            tx,
            customer,
            input.TextOrNull("description"),
            Metadata.From(input),
            input.TextOrNull("usage") ?? "off_session",
            MethodOf(tx, input, customer)?.Id()
        );
        if (input.ChildOrNull("automatic_payment_methods") is { } automatic)
        {
            intent = tx.Change(
                intent,
                change =>
                    change["automatic_payment_methods"] = new JsonObject
                    {
                        ["allow_redirects"] = automatic.TextOrNull("allow_redirects") ?? "always",
                        ["enabled"] = automatic.Flag("enabled"),
                    }
            );
        }

        return input.Flag("confirm") ? Confirm(call, intent, isNew: true) : Answer.Ok(intent);
    }

    private static Answer List(Call call)
    {
        var (customer, method) = (call.Input.TextOrNull("customer"), call.Input.TextOrNull("payment_method"));
        return ListPage.Of(
            call,
            Kind,
            intent =>
                (customer is null || intent.TextOrNull("customer") == customer)
                && (method is null || intent.TextOrNull("payment_method") == method)
                && ListPage.InRange(intent, call.Input, "created")
        );
    }

    private static Answer Update(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var intent = RequireOpen(tx.Get(Kind, call.Id), "updated");
        var customer = input.TextOrNull("customer") ?? intent.TextOrNull("customer");
        if (customer is not null)
        {
            tx.Get("customer", customer, "customer");
        }

        var method = MethodOf(tx, input, customer);
        return Answer.Ok(
            tx.Change(
                intent,
                change =>
                {
                    Metadata.CopyGiven(change, input, "customer", "description");
                    Metadata.Apply(change, input);
                    if (method is not null)
                    {
                        change["payment_method"] = method.Id();
                        change["status"] = "requires_confirmation";
                    }
                }
            )
        );
    }

    private static Answer Confirm(Call call, JsonObject intent, bool isNew = false)
    {
        var tx = call.Tx;
        RequireOpen(intent, "confirmed");
        var given = isNew ? null : MethodOf(tx, call.Input, intent.TextOrNull("customer"));
        var method =
            given
            ?? (intent.TextOrNull("payment_method") is { } id ? tx.Get(PaymentMethodDocument.Kind, id) : null)
            ?? throw StripeException.Invalid(
                "You cannot confirm this SetupIntent because it's missing a payment method.",
                "payment_method",
                "setup_intent_unexpected_state"
            );
        intent = tx.Change(intent, change => NextAction.NoteReturn(change, call.Input));
        var outcome = ConfirmSetup.Run(tx, intent, method, Presence.OnSession);
        return outcome.Refusal is { } refusal
            ? Answer.Refused(ConfirmPayment.Declined(refusal, charge: null, outcome.Intent))
            : Answer.Ok(outcome.Intent);
    }

    private static Answer Cancel(Call call)
    {
        var intent = RequireOpen(call.Tx.Get(Kind, call.Id), "canceled");
        var canceled = call.Tx.Change(
            intent,
            change =>
            {
                change["cancellation_reason"] = call.Input.TextOrNull("cancellation_reason");
                change["next_action"] = null;
                change["status"] = "canceled";
            }
        );
        call.Tx.Emit("setup_intent.canceled", canceled);
        return Answer.Ok(canceled);
    }

    private static JsonObject? MethodOf(Transaction tx, JsonObject input, string? customer) =>
        input.TextOrNull("payment_method") is { } named ? ConfirmPaymentIntent.MethodFor(tx, named, customer) : null;

    private static JsonObject RequireOpen(JsonObject intent, string verb) =>
        intent.Text("status") is "succeeded" or "canceled"
            ? throw StripeException.Invalid(
                $"This SetupIntent's status is {intent.Text("status")}: it cannot be {verb} any more.",
                code: "setup_intent_unexpected_state"
            )
            : intent;
}
