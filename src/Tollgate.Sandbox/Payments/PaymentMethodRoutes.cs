using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>/v1/payment_methods</c>: cards, by test token or by number.</summary>
internal static class PaymentMethodRoutes
{
    private const string Kind = PaymentMethodDocument.Kind;

    private static readonly Param Billing = Param.Group(
        "billing_details",
        Param.Address("address"),
        Param.Text("email"),
        Param.Text("name"),
        Param.Text("phone")
    );

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/payment_methods",
            Create,
            Param.OneOf("type", "card").Required(),
            Param.Group(
                "card",
                Param.Text("token"),
                Param.Text("number"),
                Param.Int("exp_month", min: 0),
                Param.Int("exp_year", min: 0),
                Param.Text("cvc")
            ),
            Billing,
            Param.Map("metadata")
        ),
        Route.List("/v1/payment_methods", List, Param.Text("customer"), Param.OneOf("type", "card")),
        Route.Get("/v1/payment_methods/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/payment_methods/{id}",
            Update,
            Billing,
            Param.Group("card", Param.Int("exp_month", 1, 12), Param.Int("exp_year", 0, 2100)),
            Param.Map("metadata")
        ),
        Route.Post(
            "/v1/payment_methods/{id}/attach",
            call => Answer.Ok(AttachPaymentMethod.Run(call.Tx, call.Id, call.Input.Text("customer"), parameter: null)),
            Param.Text("customer").Required()
        ),
        Route.Post("/v1/payment_methods/{id}/detach", Detach),
        Route.List("/v1/customers/{id}/payment_methods", ListOfCustomer, Param.OneOf("type", "card")),
        Route.Get("/v1/customers/{id}/payment_methods/{id}", RetrieveOfCustomer),
    ];

    private static Answer Create(Call call)
    {
        var typed = call.Input.ChildOrNull("card") ?? [];
        var billing = call.Input.ChildOrNull("billing_details");
        JsonObject method;
        if (typed.TextOrNull("token") is { } token)
        {
            var card = TestCard.ByName(token) ?? throw StripeException.NoSuch("token", token, "card[token]");
            method = PaymentMethodDocument.Add(call.Tx, card, billing: billing);
        }
        else if (typed.TextOrNull("number") is { } number)
        {
            method = PaymentMethodDocument.AddTyped(
                call.Tx,
                number,
                typed.IntOrNull("exp_month") ?? 0,
                typed.IntOrNull("exp_year") ?? 0,
                typed.TextOrNull("cvc"),
                billing
            );
        }
        else
        {
            throw StripeException.Invalid("Missing required param: card.", "card", "parameter_missing");
        }

        return Answer.Ok(call.Tx.Change(method, change => Metadata.Apply(change, call.Input)));
    }

    private static Answer Update(Call call)
    {
        var method = call.Tx.Get(Kind, call.Id);
        if (method.TextOrNull("customer") is null)
        {
            throw StripeException.Invalid("You must save this PaymentMethod to a customer before you can update it.");
        }

        var after = call.Tx.Change(
            method,
            change =>
            {
                if (call.Input.ChildOrNull("billing_details") is { } billing)
                {
                    Metadata.CopyGiven(change.Child("billing_details"), billing, "email", "name", "phone");
                    if (billing.ChildOrNull("address") is { } address)
                    {
                        foreach (var (name, value) in address)
                        {
                            change.Child("billing_details").Child("address")[name] = value?.DeepClone();
                        }
                    }
                }

                if (call.Input.ChildOrNull("card") is { } card)
                {
                    Metadata.CopyGiven(change.Child("card"), card, "exp_month", "exp_year");
                }

                Metadata.Apply(change, call.Input);
            },
            "payment_method.updated"
        );
        return Answer.Ok(after);
    }

    private static Answer Detach(Call call)
    {
        var method = call.Tx.Get(Kind, call.Id);
        if (method.TextOrNull("customer") is not { } customerId)
        {
            throw StripeException.Invalid(
                "The payment method you provided is not attached to a customer so detachment is impossible."
            );
        }

        return Answer.Ok(DetachPaymentMethod.Run(call.Tx, method, customerId));
    }

    private static Answer List(Call call) =>
        call.Input.TextOrNull("customer") is { } customer
            ? ListOf(call, call.Tx.Get("customer", customer, "customer").Id())
            : throw StripeException.Invalid("Missing required param: customer.", "customer", "parameter_missing");

    private static Answer ListOfCustomer(Call call) => ListOf(call, call.Tx.Get("customer", call.Id).Id());

    private static Answer ListOf(Call call, string customer) =>
        ListPage.Of(call, Kind, by: new IndexKey("customer", customer));

    private static Answer RetrieveOfCustomer(Call call)
    {
        var method = call.Tx.Get(Kind, call.Ids[1]);
        return method.TextOrNull("customer") == call.Id
            ? Answer.Ok(method)
            : throw StripeException.NoSuch(Kind, call.Ids[1], parameter: null);
    }
}
