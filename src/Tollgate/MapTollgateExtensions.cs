using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Webhooks;

namespace Tollgate;

/// <summary>Where a host puts Tollgate's endpoints, and how it gates its own.</summary>
public static class MapTollgateExtensions
{
    /// <summary>
    /// Maps the billing endpoints under the prefix, and the web components at <c>/tollgate/tollgate.js</c>. All want an
    /// authenticated caller; those that spend money want a billing admin.
    /// </summary>
    public static RouteGroupBuilder MapTollgate(this IEndpointRouteBuilder routes, string prefix = "/api/billing")
    {
        routes.MapGet(WebComponents.Billing.Path, WebComponents.Billing.Get);
        var group = routes.MapGroup(prefix).RequireAuthorization().ForOwnPages();
        group.MapGet("/plans", BillingEndpoints.PlansAsync);
        group.MapGet("/status", BillingEndpoints.StatusAsync);
        group.MapGet("/features", BillingEndpoints.FeaturesAsync);
        group.MapGet("/stream", (HttpContext http, StreamChanges stream) => stream.RunAsync(http));
        group.MapPost("/checkout", BillingEndpoints.CheckoutAsync);
        group.MapGet("/success", BillingEndpoints.SuccessAsync);
        group.MapPost("/seats", ChangeEndpoints.SeatsAsync);
        group.MapPost("/upgrade", ChangeEndpoints.UpgradeAsync);
        group.MapDelete("/upgrade", ChangeEndpoints.TakeBackAsync);
        group.MapPost("/portal", ChangeEndpoints.PortalAsync);
        return group;
    }

    /// <summary>
    /// Maps what administrators see and do under the prefix, and their web components at <c>/tollgate/admin.js</c>. It
    /// shows every account: the host says by a policy of its own who may, and answers everybody else 401 or 403.
    /// </summary>
    /// <param name="policy">Name of an authorization policy of the host.</param>
    public static RouteGroupBuilder MapTollgateAdministration(
        this IEndpointRouteBuilder routes,
        string policy,
        string prefix = "/api/billing/admin"
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        routes.MapGet(WebComponents.Administration.Path, WebComponents.Administration.Get);
        var group = routes.MapGroup(prefix).RequireAuthorization(policy).ForOwnPages();
        group.MapGet("/accounts", AdministrationEndpoints.AccountsAsync);
        group.MapGet("/accounts/{account}", AdministrationEndpoints.AccountAsync);
        group.MapPost("/accounts/{account}/look", OperatorEndpoints.LookAsync);
        group.MapPost("/accounts/{account}/override", OperatorEndpoints.OverrideAsync);
        group.MapPost("/accounts/{account}/override/end", OperatorEndpoints.EndOverrideAsync);
        group.MapGet("/events", AdministrationEndpoints.EventsAsync);
        group.MapGet("/events/{id}", AdministrationEndpoints.EventAsync);
        group.MapPost("/events/{id}/replay", OperatorEndpoints.ReplayAsync);
        group.MapGet("/drift", AdministrationEndpoints.DriftAsync);
        group.MapPost("/drift", OperatorEndpoints.DryRunAsync);
        group.MapGet("/figures", AdministrationEndpoints.FiguresAsync);
        group.MapGet("/actions", AdministrationEndpoints.ActionsAsync);
        group.MapPost("/switch", OperatorEndpoints.SwitchAsync);
        return group;
    }

    // no cache keeps what they answer, and no other site's page acts through them
    private static RouteGroupBuilder ForOwnPages(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter<SameOriginFilter>();
        group.AddEndpointFilter(
            async (context, next) =>
            {
                context.HttpContext.Response.Headers.CacheControl = "no-store";
                return await next(context);
            }
        );
        return group;
    }

    /// <summary>
    /// Maps the endpoint that Stripe delivers events to. It wants no sign-in: the signature is the proof.
    /// </summary>
    public static IEndpointConventionBuilder MapTollgateWebhook(
        this IEndpointRouteBuilder routes,
        string path = "/api/webhooks/stripe"
    ) =>
        routes
            .MapPost(path, (HttpContext context, WebhookEndpoint endpoint) => endpoint.HandleAsync(context))
            .AllowAnonymous();

    /// <summary>
    /// Closes an endpoint to callers whose plan lacks the feature: 402 with the reason and the way to go. The same as
    /// <see cref="RequireFeatureAttribute"/> on its handler. A feature that the catalog does not declare stops the
    /// start.
    /// </summary>
    public static TBuilder RequireFeature<TBuilder>(this TBuilder endpoint, string feature)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(built =>
        {
            if (!built.ApplicationServices.GetRequiredService<PlanCatalog>().Features.Contains(feature))
            {
                throw new InvalidOperationException($"An endpoint requires {feature}, which is no feature.");
            }

            built.Metadata.Add(new RequireFeatureAttribute(feature));
        });
        return endpoint;
    }
}
