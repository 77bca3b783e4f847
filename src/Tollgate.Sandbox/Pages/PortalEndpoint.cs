using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Portal;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>The hosted Portal: plain pages and forms; only the card form has a script.</summary>
internal sealed class PortalEndpoint(CommandLoop loop)
{
    private static readonly Param[] Change =
    [
        Param.Text("price").Required(),
        Param.Int("quantity", min: 0).Required(),
        Param.Int("at", min: 0),
    ];
    private static readonly Param[] Cancel = [Param.Text("feedback"), Param.Text("comment")];

    public Task HandleAsync(HttpContext context, string id, string[] rest) =>
        (context.Request.Method, rest) switch
        {
            ("GET", []) => OpenAsync(context, id),
            ("GET", ["done"]) => ShowAsync(context, id, PortalDonePage.Html),
            ("GET", ["subscriptions", var sub, "update"]) => ShowAsync(
                context,
                id,
                (tx, visit, nonce) => PortalChangePage.Choose(tx, visit, visit.Subscription(tx, sub), nonce)
            ),
            ("GET", ["subscriptions", var sub, "confirm"]) => ConfirmAsync(context, id, sub),
            ("POST", ["subscriptions", var sub, "confirm"]) => ActAsync(
                context,
                id,
                Change,
                (tx, visit, input) => PortalChange.Run(tx, visit, visit.Subscription(tx, sub), Choice(tx, input))
            ),
            ("GET", ["subscriptions", var sub, "cancel"]) => ShowAsync(
                context,
                id,
                (tx, visit, nonce) => PortalCancelPage.Html(tx, visit, visit.Subscription(tx, sub), nonce)
            ),
            ("POST", ["subscriptions", var sub, "cancel"]) => ActAsync(
                context,
                id,
                Cancel,
                (tx, visit, input) =>
                    PortalCancellation.Run(
                        tx,
                        visit,
                        visit.Subscription(tx, sub),
                        input.TextOrNull("feedback"),
                        input.TextOrNull("comment")
                    )
            ),
            ("POST", ["subscriptions", var sub, "renew"]) => ActAsync(
                context,
                id,
                [],
                (tx, visit, _) => PortalCancellation.Undo(tx, visit, visit.Subscription(tx, sub))
            ),
            ("POST", ["subscriptions", var sub, "keep"]) => ActAsync(
                context,
                id,
                [],
                (tx, visit, _) => PortalSchedule.Undo(tx, visit, visit.Subscription(tx, sub))
            ),
            ("GET", ["card"]) => ShowAsync(context, id, PortalCardPage.Html),
            ("POST", ["card"]) => AddCardAsync(context, id),
            ("POST", ["cards", var method, "default"]) => ActAsync(
                context,
                id,
                [],
                (tx, visit, _) => PortalCard.SetDefault(tx, visit, method)
            ),
            ("POST", ["cards", var method, "remove"]) => ActAsync(
                context,
                id,
                [],
                (tx, visit, _) => PortalCard.Remove(tx, visit, method)
            ),
            ("GET", ["customer"]) => ShowAsync(context, id, PortalCustomerPage.Html),
            ("POST", ["customer"]) => ActAsync(context, id, PortalCustomer.Known, PortalCustomer.Run),
            _ => Answers.JsonAsync(
                context,
                StripeException.UnknownUrl(context.Request.Method, context.Request.Path.Value ?? "/")
            ),
        };

    private static RequestOrigin NewOrigin() => new(Transaction.NewId("req")[..18], IdempotencyKey: null);

    private static PortalChoice Choice(Transaction tx, JsonObject input) =>
        new(input.Text("price"), input.Int("quantity"), input.IntOrNull("at") ?? tx.Now);

    /// <summary>The first page, or the one task that the session is for.</summary>
    private async Task OpenAsync(HttpContext context, string id)
    {
        var task = await loop.RunAsync(
            tx => PortalVisit.Of(tx, id)?.FlowPath,
            cancellationToken: context.RequestAborted
        );
        if (task is null)
        {
            await ShowAsync(context, id, PortalPage.Html);
        }
        else
        {
            Answers.SeeOther(context, task);
        }
    }

    private async Task ConfirmAsync(HttpContext context, string id, string subscription)
    {
        var query = context.Request.QueryString.Value;
        await ShowAsync(
            context,
            id,
            (tx, visit, nonce) =>
                PortalChangePage.Confirm(
                    tx,
                    visit,
                    visit.Subscription(tx, subscription),
                    Choice(tx, ParamBinding.Bind(FormNode.Parse(query), Change)),
                    nonce
                )
        );
    }

    private async Task ShowAsync(
        HttpContext context,
        string id,
        Func<Transaction, PortalVisit, string, string> page,
        StripeException? shown = null
    )
    {
        var nonce = Answers.NewNonce();
        try
        {
            var html = await loop.RunAsync(
                tx => PortalVisit.Of(tx, id) is { } visit ? page(tx.By(visit.Customer), visit, nonce) : null,
                cancellationToken: context.RequestAborted
            );
            await Answers.HtmlAsync(context, shown?.Status ?? (html is null ? 404 : 200), html ?? Over(nonce), nonce);
        }
        catch (StripeException refusal) when (shown is null)
        {
            // A refusal is shown on the first page, from where everything else starts.
            await ShowRefusalAsync(context, id, refusal);
        }
    }

    /// <summary>Runs what a form asks for, and goes back to the first page.</summary>
    private async Task ActAsync(
        HttpContext context,
        string id,
        Param[] known,
        Action<Transaction, PortalVisit, JsonObject> act
    )
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), known);
            var next = await loop.RunAsync(
                tx =>
                {
                    if (PortalVisit.Of(tx, id) is not { } visit)
                    {
                        return null;
                    }

                    act(tx.By(visit.Customer), visit, input);
                    return visit.Complete(tx);
                },
                NewOrigin(),
                context.RequestAborted
            );
            // A session that is over is shown by the page that follows.
            Answers.SeeOther(context, next ?? $"/p/session/{Uri.EscapeDataString(id)}");
        }
        catch (StripeException refusal)
        {
            // A refusal is shown where the customer can do something about it.
            await ShowRefusalAsync(context, id, refusal);
        }
    }

    private Task ShowRefusalAsync(HttpContext context, string id, StripeException refusal) =>
        ShowAsync(
            context,
            id,
            (tx, visit, nonce) =>
                visit.Flow is null
                    ? PortalPage.Html(tx, visit, nonce, refusal.Message)
                    : PortalDonePage.Refused(visit, refusal.Message, nonce),
            refusal
        );

    private async Task AddCardAsync(HttpContext context, string id)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), CardInput.Known);
            var next = await loop.RunAsync(
                tx =>
                {
                    if (PortalVisit.Of(tx, id) is not { } visit)
                    {
                        return null;
                    }

                    tx = tx.By(visit.Customer);
                    PortalCard.Add(tx, visit, CardInput.Method(tx, input), CardInput.PresenceOf(input));
                    return visit.Complete(tx);
                },
                NewOrigin(),
                context.RequestAborted
            );
            await Answers.JsonAsync(
                context,
                next is null ? 404 : 200,
                new JsonObject { ["redirect"] = next ?? $"/p/session/{Uri.EscapeDataString(id)}" }
            );
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static string Over(string nonce) =>
        CheckoutPage.Closed(
            "This page is no longer open",
            "Nothing was changed. Go back to the seller and open it again.",
            link: null,
            nonce
        );
}
