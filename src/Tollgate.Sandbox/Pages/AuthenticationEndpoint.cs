using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>
/// <c>/3ds/{client secret}</c>: the bank's question for an intent that was confirmed by API. In the Sandbox you decide.
/// </summary>
internal sealed class AuthenticationEndpoint(CommandLoop loop)
{
    private static readonly Param Outcome = Param.OneOf("outcome", "pass", "fail").Required();

    public async Task ShowAsync(HttpContext context, string secret)
    {
        var nonce = Answers.NewNonce();
        var (status, html) = await loop.RunAsync(
            tx => Page(NextAction.Find(tx, secret), nonce),
            cancellationToken: context.RequestAborted
        );
        await Answers.HtmlAsync(context, status, html, nonce);
    }

    public async Task AnswerAsync(HttpContext context, string secret)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), [Outcome]);
            var origin = new RequestOrigin(Transaction.NewId("req")[..18], IdempotencyKey: null);
            var nonce = Answers.NewNonce();
            var (status, html) = await loop.RunAsync(
                tx => Page(Answer(tx, secret, input.Text("outcome") == "pass"), nonce),
                origin,
                context.RequestAborted
            );
            await Answers.HtmlAsync(context, status, html, nonce);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static JsonObject? Answer(Transaction tx, string secret, bool passes)
    {
        if (NextAction.Find(tx, secret) is not { } intent || intent.Text("status") != "requires_action")
        {
            return NextAction.Find(tx, secret);
        }

        tx = tx.By(intent);
        return passes ? Authenticate.Pass(tx, intent) : Authenticate.Fail(tx, intent);
    }

    private static (int Status, string Html) Page(JsonObject? intent, string nonce) =>
        intent is null
            ? (404, CheckoutPage.Closed("This page does not exist", "Ask the seller for a new link.", null, nonce))
            : (200, PageOf(intent, nonce));

    private static string PageOf(JsonObject intent, string nonce)
    {
        if (intent.Text("status") == "requires_action")
        {
            return Question(intent, nonce);
        }

        var isDone = intent.Text("status") is "succeeded" or "requires_capture";
        var (title, text) = isDone
            ? ("This is confirmed", "There is nothing left to do here.")
            : ("This was not confirmed", "Go back to the seller and use another card.");
        return NextAction.ReturnUrlOf(intent) is { } back
            ? SendOn.Html(title, Query(intent, back, isDone), nonce)
            : CheckoutPage.Closed(title, text, null, nonce);
    }

    private static string Question(JsonObject intent, string nonce)
    {
        var what =
            intent.Kind() == SetupIntentDocument.Kind
                ? "The card is to be saved. Nothing is charged now."
                : Money.Format(intent.Int("amount"), intent.Text("currency")) + " is to be paid.";
        return PageLayout.Html(
            "3D Secure",
            $"""
            <main class="closed">{Mark}<form class="card stack" method="post"><h1>3D Secure</h1>
              <p>{Encode(what)} The card's bank asks whether this is you. In the Sandbox you decide.</p>
              <p class="row"><button name="outcome" value="pass">Complete</button>
                <button class="quiet" name="outcome" value="fail">Fail</button></p></form></main>
            """,
            nonce
        );
    }

    /// <summary>The seller's URL with what Stripe adds to it.</summary>
    private static string Query(JsonObject intent, string url, bool isDone)
    {
        var kind = intent.Kind();
        var added =
            $"{kind}={intent.Id()}&{kind}_client_secret={intent.Text("client_secret")}"
            + $"&redirect_status={(isDone ? "succeeded" : "failed")}";
        return url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + added;
    }
}
