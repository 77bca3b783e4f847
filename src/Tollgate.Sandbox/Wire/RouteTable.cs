using Tollgate.Sandbox.Account;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Checkout;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Entitlements;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Listen;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.Portal;
using Tollgate.Sandbox.Schedules;
using Tollgate.Sandbox.Search;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Tax;
using Tollgate.Sandbox.TestClocks;

namespace Tollgate.Sandbox.Wire;

/// <summary>Every API URL that exists here; any other is answered 404.</summary>
internal static class RouteTable
{
    public static readonly Route[] All =
    [
        .. CustomerRoutes.All,
        .. BalanceTransactionRoutes.All,
        .. TaxIdRoutes.All,
        .. CustomerDiscount.All,
        .. AccountRoutes.All,
        .. ProductRoutes.All,
        .. PriceRoutes.All,
        .. PaymentMethodRoutes.All,
        .. PaymentIntentRoutes.All,
        .. CreatePaymentIntent.All,
        .. ConfirmPaymentIntent.All,
        .. SetupIntentRoutes.All,
        .. RefundRoutes.All,
        .. DisputeRoutes.All,
        .. CheckoutSessionRoutes.All,
        .. PaymentPageRoutes.All,
        .. SubscriptionRoutes.All,
        .. SubscriptionItemRoutes.All,
        .. CouponRoutes.All,
        .. PromotionCodeRoutes.All,
        .. InvoiceRoutes.All,
        .. InvoiceItemRoutes.All,
        .. EventRoutes.All,
        .. WebhookEndpointRoutes.All,
        .. PortalConfigurationRoutes.All,
        .. PortalSessionRoutes.All,
        .. FeatureRoutes.All,
        .. ProductFeatureRoutes.All,
        .. ActiveEntitlementRoutes.All,
        .. ListenSessionRoutes.All,
        .. TestClockRoutes.All,
        .. TaxSettingsRoutes.All,
        .. ScheduleRoutes.All,
        .. SearchRoutes.All,
    ];

    public static (Route Route, IReadOnlyList<string> Ids) Match(string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (Route, IReadOnlyList<string>)? fallback = null;
        foreach (var route in All)
        {
            if (route.Method == method && route.Match(segments) is { } ids)
            {
                // A literal path ("create_preview") wins over one with an id in the same place.
                if (ids.Count == 0)
                {
                    return (route, ids);
                }

                fallback ??= (route, ids);
            }
        }

        return fallback ?? throw StripeException.UnknownUrl(method, path);
    }
}
