using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>
/// <c>/_sandbox/webhook_endpoints/{id}</c>: an endpoint with its secrets, and the button that rolls them.
/// </summary>
internal sealed class WebhookEndpointPage(CommandLoop loop)
{
    private static readonly Param[] Rolling = [Param.Int("expires_in", min: 0, max: EndpointSecrets.LongestSeconds)];

    public async Task ShowAsync(HttpContext context, string id)
    {
        try
        {
            var nonce = Answers.NewNonce();
            var html = await loop.RunAsync(
                tx => Html(tx.Get(WebhookEndpointRoutes.Kind, id), tx.Now, nonce),
                cancellationToken: context.RequestAborted
            );
            await Answers.HtmlAsync(context, 200, html, nonce);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    /// <summary>Makes a new secret; the old one stays good for <c>expires_in</c> seconds (default 0).</summary>
    public async Task RollAsync(HttpContext context, string id)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), Rolling);
            var expiresIn = input.IntOrNull("expires_in") ?? 0;
            var rolled = await loop.RunAsync(
                tx => EndpointSecrets.Roll(tx, tx.Get(WebhookEndpointRoutes.Kind, id), expiresIn),
                cancellationToken: context.RequestAborted
            );
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                Answers.SeeOther(context, $"/_sandbox/webhook_endpoints/{id}");
                return;
            }

            var answer = Rendering.Publish(rolled);
            answer["secret"] = rolled.Text("_secret");
            await Answers.JsonAsync(context, 200, answer);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private static string Html(JsonObject endpoint, long now, string nonce)
    {
        var also = (EndpointSecrets.Good(endpoint, now).Count - 1) switch
        {
            0 => "It alone signs.",
            1 => "The one before it still signs as well.",
            var former => $"The {former} before it still sign as well.",
        };
        return PageLayout.Html(
            "Webhook endpoint",
            $"""
            <main class="board">
              <header class="stack">{Mark}<a class="back" href="/">Dashboard</a><h1>Webhook endpoint</h1>
                <p class="fine"><code>{endpoint.Id()}</code> {DashboardPage.Tag(endpoint.Text("status"))}</p></header>
              <section class="card stack"><h2>Sends to</h2><p class="wrap"><code>{Encode(
                endpoint.Text("url")
            )}</code></p>
                <p class="fine">{Encode(string.Join(", ", endpoint.Texts("enabled_events")))}</p></section>
              <section class="card stack"><h2>Signing secret</h2>
                <p class="wrap"><code>{endpoint.Text("_secret")}</code></p>
                <p class="fine">{also}</p>
                <div class="row">{Roll(endpoint, 0, "Roll now")}
                  {Roll(endpoint, 3600, "Roll, old one good for 1 hour")}
                  {Roll(endpoint, EndpointSecrets.LongestSeconds, "Roll, old one good for 24 hours")}</div></section>
            </main>
            """,
            nonce
        );
    }

    private static string Roll(JsonObject endpoint, long seconds, string label) =>
        $"""
            <form method="post" action="/_sandbox/webhook_endpoints/{endpoint.Id()}/roll">
              <input type="hidden" name="expires_in" value="{seconds}"><button class="quiet">{label}</button></form>
            """;
}
