using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>
/// What people see: the dashboard, Checkout, Portal, invoices, and the clock. Pages need no key, so other sites may not
/// post here.
/// </summary>
internal sealed class PageEndpoint
{
    private readonly AuthenticationEndpoint authentication;
    private readonly ChaosEndpoint chaos;
    private readonly CheckoutEndpoint checkout;
    private readonly ClockEndpoint clock;
    private readonly DashboardEndpoint dashboard;
    private readonly InvoiceEndpoint invoice;
    private readonly PortalEndpoint portal;
    private readonly RequestPages requests;
    private readonly WebhookEndpointPage webhookEndpoint;

    public PageEndpoint(CommandLoop loop, SandboxClock clock, ChaosEndpoint chaos, RequestPages requests)
    {
        this.chaos = chaos;
        this.requests = requests;
        authentication = new AuthenticationEndpoint(loop);
        checkout = new CheckoutEndpoint(loop);
        this.clock = new ClockEndpoint(loop, clock);
        dashboard = new DashboardEndpoint(loop, clock);
        invoice = new InvoiceEndpoint(loop);
        portal = new PortalEndpoint(loop);
        webhookEndpoint = new WebhookEndpointPage(loop);
    }

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var segments = (request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, segments) switch
        {
            ("GET", []) => dashboard.ShowAsync(context),
            ("GET", ["_sandbox", "events", var id]) => dashboard.ShowEventAsync(context, id),
            ("POST", ["_sandbox", "events", var id, "resend"]) => dashboard.ResendAsync(context, id),
            ("GET", ["c", "pay", var session]) => checkout.ShowAsync(context, session),
            ("POST", ["c", "pay", var session, "promotion"]) => checkout.EnterCodeAsync(context, session),
            ("POST", ["c", "pay", var session]) => checkout.PayAsync(context, session),
            ("GET", ["3ds", var secret]) => authentication.ShowAsync(context, secret),
            ("POST", ["3ds", var secret]) => authentication.AnswerAsync(context, secret),
            ("GET", ["i", var link]) => invoice.ShowAsync(context, link),
            ("POST", ["i", var link]) => invoice.PayAsync(context, link),
            (_, ["p", "session", var id, .. var rest]) => portal.HandleAsync(context, id, rest),
            ("GET", ["_sandbox", "webhook_endpoints", var id]) => webhookEndpoint.ShowAsync(context, id),
            ("POST", ["_sandbox", "webhook_endpoints", var id, "roll"]) => webhookEndpoint.RollAsync(context, id),
            ("GET", ["requests"]) => requests.ListAsync(context),
            ("GET", ["requests", var id]) => requests.ShowAsync(context, id),
            ("GET", ["chaos"]) => chaos.ShowAsync(context),
            (_, ["_sandbox", "chaos", .. var rest]) => chaos.HandleAsync(context, rest),
            ("GET", ["_sandbox", "clock"]) => clock.ShowAsync(context),
            ("POST", ["_sandbox", "clock", "advance"]) => clock.AdvanceAsync(context),
            _ => Answers.JsonAsync(context, StripeException.UnknownUrl(request.Method, request.Path.Value ?? "/")),
        };
    }
}
