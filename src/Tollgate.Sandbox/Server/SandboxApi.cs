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
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Server;

/// <summary>Every API URL that exists here, and every member that is there on request only.</summary>
internal static class SandboxApi
{
    public static readonly Route[] Routes =
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

    public static readonly ApiSurface Surface = new(
        new RouteTable(Routes),
        new Expansion([
            new("invoice", "payments", InvoicePayments.Embedded),
            new("invoice", "confirmation_secret", InvoicePayments.ConfirmationSecret),
            new("checkout.session", "line_items", CheckoutLineItems.Embedded),
            new("price", CurrencyOptions.Name, CurrencyOptions.Embedded),
            new("customer", "tax_ids", TaxIdRoutes.Embedded),
            new("customer", "subscriptions", SubscriptionRoutes.Embedded),
        ]),
        RequestTime.Enter
    );
}
