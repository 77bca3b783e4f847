using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Access;
using Tollgate.Api;
using Tollgate.Catalog;
using Tollgate.Changes;
using Tollgate.Checkout;
using Tollgate.Http;
using Tollgate.Insight;
using Tollgate.Settings;
using Tollgate.Status;
using Tollgate.Webhooks;

namespace Tollgate;

/// <summary>Where a host puts Tollgate's endpoints, and how it gates its own.</summary>
public static class MapTollgateExtensions
{
    /// <summary>
    /// Maps the billing endpoints under the prefix, and the web components under <c>/tollgate/</c>. All calls want an
    /// authenticated caller; those that spend money want a billing admin. The components are files for everybody.
    /// </summary>
    /// <returns>The billing endpoints, for conventions of the host's.</returns>
    public static RouteGroupBuilder MapTollgate(this IEndpointRouteBuilder routes, string prefix = "/api/billing")
    {
        foreach (
            var module in (WebComponents[])[WebComponents.Billing, WebComponents.UpgradePrompt, WebComponents.German]
        )
        {
            module.Map(routes);
        }

        var group = routes.MapGroup(prefix).RequireAuthorization().ForOwnPages();
        group.MapGet("/plans", StatusEndpoints.PlansAsync).DescribedBy(BillingDescriptions.Plans);
        group.MapGet("/status", StatusEndpoints.StatusAsync).DescribedBy(BillingDescriptions.Status);
        group.MapGet("/features", AccessEndpoints.FeaturesAsync).DescribedBy(BillingDescriptions.Features);
        group
            .MapGet("/stream", (HttpContext http, StreamChanges stream) => stream.RunAsync(http))
            .DescribedBy(BillingDescriptions.Stream);
        var selling = group.MapGroup("");
        selling.AddEndpointFilter<StripeUseFilter>();
        selling.MapPost("/checkout", CheckoutEndpoints.CheckoutAsync).DescribedBy(BillingDescriptions.Checkout);
        selling.MapGet("/success", CheckoutEndpoints.SuccessAsync).DescribedBy(BillingDescriptions.Success);
        selling.MapPost("/seats", ChangeEndpoints.SeatsAsync).DescribedBy(BillingDescriptions.ChangeSeats);
        selling.MapPost("/upgrade", ChangeEndpoints.UpgradeAsync).DescribedBy(BillingDescriptions.ChangePlan);
        selling.MapDelete("/upgrade", ChangeEndpoints.TakeBackAsync).DescribedBy(BillingDescriptions.TakeBack);
        selling.MapPost("/portal", CheckoutEndpoints.PortalAsync).DescribedBy(BillingDescriptions.Portal);
        return group;
    }

    /// <summary>
    /// Maps what administrators see and do under the prefix, and their web components at <c>/tollgate/admin.js</c>. It
    /// shows every account: the host says by a policy of its own who may, and answers everybody else 401 or 403.
    /// </summary>
    /// <param name="policy">Name of an authorization policy of the host.</param>
    /// <returns>The administration's endpoints, for conventions of the host's.</returns>
    public static RouteGroupBuilder MapTollgateAdministration(
        this IEndpointRouteBuilder routes,
        string policy,
        string prefix = "/api/billing/admin"
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        WebComponents.Administration.Map(routes);
        var group = routes.MapGroup(prefix).RequireAuthorization(policy).ForOwnPages();
        group
            .MapGet("/accounts", AdministrationEndpoints.AccountsAsync)
            .DescribedBy(AdministrationDescriptions.Accounts);
        group
            .MapGet("/accounts/{account}", AdministrationEndpoints.AccountAsync)
            .DescribedBy(AdministrationDescriptions.Account);
        group
            .MapPost("/accounts/{account}/refresh", OperatorEndpoints.RefreshAsync)
            .DescribedBy(AdministrationDescriptions.Refresh);
        group
            .MapPost("/accounts/{account}/override", OperatorEndpoints.OverrideAsync)
            .DescribedBy(AdministrationDescriptions.Override);
        group
            .MapPost("/accounts/{account}/override/end", OperatorEndpoints.EndOverrideAsync)
            .DescribedBy(AdministrationDescriptions.EndOverride);
        group.MapGet("/events", AdministrationEndpoints.EventsAsync).DescribedBy(AdministrationDescriptions.Events);
        group.MapGet("/events/{id}", AdministrationEndpoints.EventAsync).DescribedBy(AdministrationDescriptions.Event);
        group
            .MapPost("/events/{id}/replay", OperatorEndpoints.ReplayAsync)
            .DescribedBy(AdministrationDescriptions.Replay);
        group.MapGet("/drift", AdministrationEndpoints.DriftAsync).DescribedBy(AdministrationDescriptions.Drift);
        group.MapPost("/drift", OperatorEndpoints.DryRunAsync).DescribedBy(AdministrationDescriptions.DryRun);
        group.MapGet("/figures", AdministrationEndpoints.FiguresAsync).DescribedBy(AdministrationDescriptions.Figures);
        group.MapGet("/actions", AdministrationEndpoints.ActionsAsync).DescribedBy(AdministrationDescriptions.Actions);
        group.MapPost("/switch", OperatorEndpoints.SwitchAsync).DescribedBy(AdministrationDescriptions.Switch);
        return group;
    }

    // no cache keeps what they answer, and no other site's page acts through them
    private static RouteGroupBuilder ForOwnPages(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter<SameOriginFilter>();
        group.AddEndpointFilter<RetryAfterHeader>();
        group.AddEndpointFilter<DatabaseAwayFilter>();
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
    /// <param name="path">Where the setting <c>Tollgate:WebhookPath</c> says that it is.</param>
    public static IEndpointConventionBuilder MapTollgateWebhook(
        this IEndpointRouteBuilder routes,
        string path = TollgateOptions.UsualWebhookPath
    ) =>
        routes
            .MapPost(path, (HttpContext context, WebhookEndpoint endpoint) => endpoint.HandleAsync(context))
            .AllowAnonymous()
            .AllowOtherSites()
            .DescribedBy(WebhookDescription.Receive);

    /// <summary>
    /// Maps an OpenAPI 3.1 document of what Tollgate has mapped beside it, and of the host's endpoints that are
    /// <see cref="ApiOperationExtensions.DescribedBy"/> something. It describes the API and no account, so everybody
    /// may read it.
    /// </summary>
    /// <param name="about">Of the whole; by default it is an API of billing.</param>
    public static IEndpointConventionBuilder MapTollgateApiDocument(
        this IEndpointRouteBuilder routes,
        ApiAbout? about = null,
        string path = "/openapi/v1.json"
    )
    {
        string? document = null;
        return routes
            .MapGet(
                path,
                (EndpointDataSource mapped) =>
                    Results.Text(
                        document ??= ApiDocument
                            .Of(mapped.Endpoints, about ?? ApiAbout.Billing)
                            .ToJsonString(BillingJson.Options),
                        ApiBody.Json
                    )
            )
            .AllowAnonymous();
    }

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
