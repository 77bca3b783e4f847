using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Checkout;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>The hosted Checkout page: shows a session, and takes the buyer's card.</summary>
internal sealed class CheckoutEndpoint(CommandLoop loop)
{
    private static readonly Param[] Known =
    [
        .. CardInput.Optional,
        Param.Text("country"),
        Param.Text("postal_code"),
        Param.Text("tax_id"),
        Param.Map("quantities"),
        Param.Int("expected_amount", min: 0),
    ];

    public async Task ShowAsync(HttpContext context, string id)
    {
        var nonce = Answers.NewNonce();
        var (status, html) = await loop.RunAsync(
            tx =>
                tx.Find(CheckoutSessionRoutes.Kind, id) is not { } session
                    ? (
                        404,
                        CheckoutPage.Closed("This page does not exist", "Ask the seller for a new link.", null, nonce)
                    )
                : session.Text("status") != "open" ? (200, ClosedPage(session, nonce))
                : CheckoutSetup.Is(session) ? (200, CheckoutSetupPage.Html(session, nonce))
                : (200, CheckoutPage.Open(tx, session, nonce)),
            cancellationToken: context.RequestAborted
        );
        await Answers.HtmlAsync(context, status, html, nonce);
    }

    public async Task PayAsync(HttpContext context, string id)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), Known);
            var origin = new RequestOrigin(Transaction.NewId("req")[..18], IdempotencyKey: null);
            var (status, body) = await loop.RunAsync(tx => Pay(tx, id, input), origin, context.RequestAborted);
            await Answers.JsonAsync(context, status, body);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    /// <summary>Takes a promotion code, with the quantities that are chosen so far.</summary>
    public async Task EnterCodeAsync(HttpContext context, string id)
    {
        try
        {
            var input = ParamBinding.Bind(
                await Answers.ReadFormAsync(context),
                [Param.Text("code"), Param.Map("quantities")]
            );
            await loop.RunAsync(
                tx =>
                {
                    var chosen = tx.Change(
                        tx.Get(CheckoutSessionRoutes.Kind, id),
                        change =>
                        {
                            CheckoutLineItems.SetQuantities(change, Quantities(input));
                            CheckoutDiscounts.SumUp(tx, change);
                        }
                    );
                    return CheckoutDiscounts.Enter(tx, chosen, input.TextOrNull("code"));
                },
                cancellationToken: context.RequestAborted
            );
            await Answers.JsonAsync(context, 200, []);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static (int Status, JsonObject Body) Pay(Transaction tx, string id, JsonObject input)
    {
        var session = tx.Get(CheckoutSessionRoutes.Kind, id);
        var method = input.TextOrNull("number") is null ? null : CardInput.Method(tx, input);
        var outcome = CompleteCheckout.Run(
            tx,
            session,
            new CheckoutInput(method)
            {
                Email = input.TextOrNull("email"),
                Name = input.TextOrNull("name"),
                Address = Address(input),
                TaxId = input.TextOrNull("tax_id"),
                Quantities = Quantities(input),
                ExpectedAmount = input.IntOrNull("expected_amount"),
                Presence = CardInput.PresenceOf(input),
            }
        );
        if (outcome is null or { IsPaid: true })
        {
            var done = tx.Get(CheckoutSessionRoutes.Kind, id);
            return (200, new JsonObject { ["redirect"] = SuccessUrl(done) });
        }

        var refusal = CompleteCheckout.Refusal(outcome);
        return (refusal.Status, refusal.ToJson());
    }

    private static JsonObject? Address(JsonObject input) =>
        input.TextOrNull("country") is not { } country
            ? null
            : new JsonObject
            {
                ["city"] = null,
                ["country"] = country,
                ["line1"] = null,
                ["line2"] = null,
                ["postal_code"] = input.TextOrNull("postal_code"),
                ["state"] = null,
            };

    private static Dictionary<string, long> Quantities(JsonObject input)
    {
        var quantities = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (id, value) in input.ChildOrNull("quantities") ?? [])
        {
            quantities[id] = long.TryParse(value?.GetValue<string>(), CultureInfo.InvariantCulture, out var quantity)
                ? quantity
                : throw StripeException.Invalid("Invalid quantity.", "quantity", "parameter_invalid_integer");
        }

        return quantities;
    }

    private static string SuccessUrl(JsonObject session) =>
        session.Text("success_url").Replace("{CHECKOUT_SESSION_ID}", session.Id(), StringComparison.Ordinal);

    private static string ClosedPage(JsonObject session, string nonce) =>
        session.Text("status") == "complete"
            ? CheckoutPage.Closed(
                "This payment is done",
                "There is nothing left to pay here.",
                (SuccessUrl(session), "Back to the seller"),
                nonce
            )
            : CheckoutPage.Closed(
                "This page has expired",
                "Nothing was charged. Go back to the seller for a new one.",
                session.TextOrNull("cancel_url") is { } url ? (url, "Back to the seller") : null,
                nonce
            );
}
