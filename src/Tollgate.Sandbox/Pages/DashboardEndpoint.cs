using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>The page at <c>/</c>: what there is, what happened, and the clock.</summary>
internal sealed class DashboardEndpoint(CommandLoop loop, SandboxClock clock)
{
    public async Task ShowAsync(HttpContext context)
    {
        var nonce = Answers.NewNonce();
        var html = await loop.RunAsync(
            tx => DashboardPage.Overview(tx, clock.GetUtcNow(), clock.Offset, nonce),
            cancellationToken: context.RequestAborted
        );
        await Answers.HtmlAsync(context, 200, html, nonce);
    }

    public async Task ShowEventAsync(HttpContext context, string id)
    {
        var nonce = Answers.NewNonce();
        var html = await loop.RunAsync(
            tx => tx.Find("event", id) is { } recorded ? EventPage.Html(tx, recorded, nonce) : null,
            cancellationToken: context.RequestAborted
        );
        if (html is null)
        {
            await Answers.JsonAsync(context, StripeException.NoSuch("event", id, parameter: null));
            return;
        }

        await Answers.HtmlAsync(context, 200, html, nonce);
    }

    /// <summary>Sends an event again to every endpoint that is enabled for it, and to whoever listens.</summary>
    public async Task ResendAsync(HttpContext context, string id)
    {
        try
        {
            await loop.RunAsync(
                tx =>
                {
                    var recorded = tx.Get("event", id);
                    var endpoints = tx.NewestFirst("webhook_endpoint")
                        .Where(endpoint => WebhookEndpointRoutes.Wants(endpoint, recorded.Text("type")))
                        .Select(endpoint => endpoint.Id())
                        .Concat(tx.InMemory<Listeners>().Sessions)
                        .ToList();
                    foreach (var endpoint in endpoints)
                    {
                        EventRoutes.Resend(tx, tx.Get("event", id), endpoint);
                    }

                    return endpoints.Count;
                },
                cancellationToken: context.RequestAborted
            );
            Answers.SeeOther(context, $"/_sandbox/events/{id}");
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }
}
