using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class StripeParamsTests
{
    [Fact]
    public void Checkout_session_is_sent_with_adjustable_seats_and_a_classic_subscription()
    {
        var options = new CheckoutSessionParams
        {
            CustomerId = "cus_1",
            LineItems = [new("price_1", 3, new AdjustableQuantity(2, 500))],
            SuccessUrl = "https://app.test/ok?session_id={CHECKOUT_SESSION_ID}",
            CancelUrl = "https://app.test/upgrade",
            BillingModeType = "classic",
            SubscriptionMetadata = new Dictionary<string, string> { ["hydra_tenant_id"] = "acme" },
        }.ToOptions();

        SentForm.IsOf(
            """
            mode=subscription
            customer=cus_1
            line_items[0][price]=price_1
            line_items[0][quantity]=3
            line_items[0][adjustable_quantity][enabled]=true
            line_items[0][adjustable_quantity][minimum]=2
            line_items[0][adjustable_quantity][maximum]=500
            success_url=https://app.test/ok?session_id={CHECKOUT_SESSION_ID}
            cancel_url=https://app.test/upgrade
            subscription_data[billing_mode][type]=classic
            subscription_data[metadata][hydra_tenant_id]=acme
            """,
            options
        );
    }

    [Fact]
    public void Portal_configuration_switches_off_what_it_does_not_allow()
    {
        var options = new PortalConfigurationParams
        {
            DefaultReturnUrl = new("https://app.test/settings/billing"),
            Cancellation = new(),
            Metadata = new Dictionary<string, string> { ["interval"] = "year" },
        }.ToCreate();

        SentForm.IsOf(
            """
            default_return_url=https://app.test/settings/billing
            metadata[interval]=year
            features[customer_update][enabled]=false
            features[customer_update][allowed_updates]=
            features[payment_method_update][enabled]=true
            features[invoice_history][enabled]=true
            features[subscription_cancel][enabled]=true
            features[subscription_cancel][mode]=at_period_end
            features[subscription_cancel][proration_behavior]=none
            features[subscription_update][enabled]=false
            """,
            options
        );
    }

    [Fact]
    public void Portal_configuration_names_the_prices_between_which_customers_may_change()
    {
        var options = new PortalConfigurationParams
        {
            SubscriptionChanges = new(
                ["price", "quantity"],
                [new("prod_team", ["price_team_monthly"], new AdjustableQuantity(1, 500))],
                "create_prorations"
            ),
        }.ToCreate();

        SentForm.Has(
            """
            features[subscription_update][enabled]=true
            features[subscription_update][default_allowed_updates][0]=price
            features[subscription_update][default_allowed_updates][1]=quantity
            features[subscription_update][proration_behavior]=create_prorations
            features[subscription_update][products][0][product]=prod_team
            features[subscription_update][products][0][prices][0]=price_team_monthly
            features[subscription_update][products][0][adjustable_quantity][enabled]=true
            features[subscription_update][products][0][adjustable_quantity][minimum]=1
            features[subscription_update][products][0][adjustable_quantity][maximum]=500
            """,
            options
        );
    }

    [Fact]
    public void Webhook_endpoint_is_made_in_the_pinned_version()
    {
        var options = new WebhookEndpointParams
        {
            Url = new("https://api.test/hook"),
            EnabledEvents = ["invoice.paid"],
        }.ToOptions();

        SentForm.IsOf(
            """
            url=https://api.test/hook
            enabled_events[0]=invoice.paid
            api_version=2026-10-28.endive
            """,
            options
        );
    }

    [Fact]
    public void Price_is_recurring_and_for_each_seat()
    {
        var options = new PriceParams
        {
            ProductId = "prod_team",
            Currency = "usd",
            UnitAmount = 3900,
            Interval = "month",
            LookupKey = "team_monthly",
            TransferLookupKey = true,
        }.ToOptions();

        SentForm.IsOf(
            """
            product=prod_team
            currency=usd
            unit_amount=3900
            recurring[interval]=month
            lookup_key=team_monthly
            transfer_lookup_key=true
            """,
            options
        );
    }

    /// <summary>To the SDK a null that is assigned may mean "take it away".</summary>
    [Fact]
    public void What_is_not_given_is_not_sent()
    {
        Sdk.BaseOptions[] options =
        [
            new CustomerParams().ToCreate(),
            new CustomerParams().ToUpdate(),
            new ProductUpdate().ToOptions(),
            new PriceUpdate().ToOptions(),
            new WebhookEndpointUpdate().ToOptions(),
        ];

        Assert.All(options, nothing => Assert.Equal("", SentForm.Of(nothing)));
        Sdk.BaseOptions[] others =
        [
            new ProductParams { Name = "Team" }.ToOptions(),
            new FeatureParams("jira", "Jira").ToOptions(),
            new PriceParams
            {
                ProductId = "prod_team",
                Currency = "usd",
                UnitAmount = 3900,
                Interval = "month",
            }.ToOptions(),
            new WebhookEndpointParams { Url = new("https://api.test/hook"), EnabledEvents = ["x"] }.ToOptions(),
            new SubscriptionItemChange("si_1", "price_1", 3, "none", ProrationDate: null).ToOptions("x"),
            new Sdk.InvoiceCreatePreviewOptions
            {
                SubscriptionDetails = new SubscriptionItemChange("si_1", "price_1", 3, "none", null).ToPreview(),
            },
            new CheckoutSessionParams
            {
                CustomerId = "cus_1",
                LineItems = [new("price_1", 3)],
                SuccessUrl = "https://app.test/ok",
                CancelUrl = "https://app.test/upgrade",
            }.ToOptions(),
        ];
        Assert.All(others, one => Assert.DoesNotContain("=\n", SentForm.Of(one) + "\n", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "=\n",
            SentForm.Of(new PortalConfigurationParams { CustomerUpdates = ["email"] }.ToUpdate()) + "\n",
            StringComparison.Ordinal
        );
    }
}
