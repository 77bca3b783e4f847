using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Checkout;

/// <summary><c>/v1/checkout/sessions</c> in the modes subscription, payment and setup, on the hosted page.</summary>
internal static class CheckoutSessionRoutes
{
    public const string Kind = "checkout.session";
    private const long MinExpirySeconds = 30 * 60;
    private const long MaxExpirySeconds = 24 * 3600;

    private static readonly Param[] OfNew =
    [
        Param.Flag("allow_promotion_codes"),
        Param.Text("cancel_url"),
        Param.Text("client_reference_id"),
        Param.Currency("currency"),
        Param.Text("customer"),
        Param.OneOf("customer_creation", "always", "if_required"),
        Param.Text("customer_email"),
        Param.Int("expires_at", min: 0),
        Redemption.Parameter,
        CheckoutLineItems.Parameter,
        Param.Text("locale"),
        Param.Map("metadata"),
        Param.OneOf("mode", "payment", "setup", "subscription").Required(),
        Param.Group(
            "payment_intent_data",
            Param.Text("description"),
            Param.Map("metadata"),
            Param.Group("shipping", Param.Text("name"), Param.Text("phone"), Param.Address("address"))
        ),
        CheckoutSetup.Parameter,
        Param.OneOf("payment_method_collection", "always", "if_required"),
        // Removed from the pinned version; older clients and the official CLI still send it.
        Param.Texts("payment_method_types"),
        Param.Group(
            "subscription_data",
            [
                Param.Group("billing_mode", Param.OneOf("type", "classic", "flexible").Required()),
                Param.Text("description"),
                Param.Map("metadata"),
                .. Trial.OfNew,
            ]
        ),
        Param.Text("success_url"),
        Param.OneOf("ui_mode", "hosted_page", "hosted"),
    ];

    public static readonly Route[] All =
    [
        Route.Post("/v1/checkout/sessions", Create, [.. CheckoutTax.Parameters, .. OfNew]),
        Route.List(
            "/v1/checkout/sessions",
            List,
            Param.Text("customer"),
            Param.Text("subscription"),
            Param.Text("payment_intent"),
            Param.OneOf("status", "open", "complete", "expired"),
            Param.Range("created")
        ),
        Route.Get("/v1/checkout/sessions/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.List(
            "/v1/checkout/sessions/{id}/line_items",
            call => ListPage.From(call, call.Tx.Get(Kind, call.Id).Each("_line_items"), "item")
        ),
        Route.Post("/v1/checkout/sessions/{id}/expire", Expire),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var mode = input.Text("mode");
        if (mode == "setup")
        {
            CheckoutSetup.Require(input);
        }

        RequireUrl(input, "success_url", isRequired: true);
        RequireUrl(input, "cancel_url", isRequired: false);
        if (input.TextOrNull("customer") is { } customer)
        {
            tx.Get("customer", customer, "customer");
            if (input.TextOrNull("customer_email") is not null)
            {
                throw StripeException.Invalid(
                    "You may only specify one of these parameters: customer, customer_email.",
                    "customer_email"
                );
            }
        }

        CheckoutTax.Require(tx, input);
        RequireOnlyIn(mode, "setup", input, "setup_intent_data");
        RequireOnlyIn(mode, "subscription", input, "subscription_data");
        RequireOnlyIn(mode, "subscription", input, "payment_method_collection");
        RequireOnlyIn(mode, "payment", input, "payment_intent_data");
        var id = Transaction.NewId("cs_test");
        var session = CheckoutSessionDocument.Build(
            tx,
            input,
            id,
            $"{call.BaseUrl}/c/pay/{id}",
            ExpiresAt(tx, input),
            mode == "setup" ? [] : CheckoutLineItems.Read(tx, input, mode)
        );
        CheckoutTax.Set(session, input);
        if (mode == "setup")
        {
            CheckoutSetup.Prepare(tx, session, input);
        }
        else
        {
            RequireCurrency(tx, session, input);
            CheckoutDiscounts.Set(tx, session, input);
        }

        return Answer.Ok(tx.Add(session));
    }

    private static void RequireOnlyIn(string mode, string only, JsonObject input, string name)
    {
        if (mode != only && input[name] is not null)
        {
            throw StripeException.Invalid($"You can not pass `{name}` in `{mode}` mode.", name);
        }
    }

    private static void RequireCurrency(Transaction tx, JsonObject session, JsonObject input)
    {
        if (input.TextOrNull("currency") is { } given && given != session.Text("currency"))
        {
            throw StripeException.Invalid($"The prices of this session are not in {given}.", "currency");
        }

        if (session.Text("mode") == "subscription" && session.TextOrNull("customer") is { } customer)
        {
            CurrencyOptions.RequireOf(tx.Get("customer", customer, "customer"), session.Text("currency"));
        }
    }

    private static Answer List(Call call)
    {
        var input = call.Input;
        return ListPage.Of(
            call,
            Kind,
            session =>
                Matches(session, input, "customer")
                && Matches(session, input, "subscription")
                && Matches(session, input, "payment_intent")
                && Matches(session, input, "status")
                && ListPage.InRange(session, input, "created")
        );
    }

    private static bool Matches(JsonObject session, JsonObject input, string name) =>
        input.TextOrNull(name) is not { } wanted || session.TextOrNull(name) == wanted;

    private static Answer Expire(Call call)
    {
        var session = call.Tx.Get(Kind, call.Id);
        return session.Text("status") == "open"
            ? Answer.Ok(ExpireCheckout.Run(call.Tx, session))
            : throw StripeException.Invalid(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. "
                    + $"This Checkout Session has a status of {session.Text("status")}."
            );
    }

    private static long ExpiresAt(Transaction tx, JsonObject input)
    {
        var at = input.IntOrNull("expires_at") ?? tx.SandboxNow + MaxExpirySeconds;
        // A few seconds of travel from the caller's clock to ours are forgiven, both ways.
        return at - tx.SandboxNow is >= MinExpirySeconds - 5 and <= MaxExpirySeconds + 5
            ? at
            : throw StripeException.Invalid(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
                "expires_at"
            );
    }

    private static void RequireUrl(JsonObject input, string name, bool isRequired)
    {
        if (input.TextOrNull(name) is not { } url)
        {
            if (isRequired)
            {
                throw StripeException.Invalid($"Missing required param: {name}.", name, "parameter_missing");
            }

            return;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw StripeException.Invalid("Not a valid URL", name, "url_invalid");
        }
    }
}
