namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Data for tests, made by the API.</summary>
internal static class Some
{
    /// <summary>A recurring price; returns its id.</summary>
    public static async Task<string> PriceAsync(
        TestSandbox sandbox,
        int amount = 2000,
        string interval = "month",
        string? product = null
    )
    {
        product ??= (await sandbox.PostAsync("/v1/products", "name=Team")).Id;
        var price = await sandbox.PostAsync(
            "/v1/prices",
            $"product={product}",
            "currency=usd",
            $"unit_amount={amount}",
            $"recurring[interval]={interval}"
        );
        return price.Id;
    }

    /// <summary>A customer whose default payment method is a test card; returns its id.</summary>
    public static async Task<string> CustomerAsync(TestSandbox sandbox, string card = "pm_card_visa")
    {
        var customer = await sandbox.PostAsync(
            "/v1/customers",
            "email=owner@acme.test",
            $"payment_method={card}",
            $"invoice_settings[default_payment_method]={card}"
        );
        return customer.Id;
    }

    /// <summary>A new subscription of one price.</summary>
    public static async Task<Answered> SubscriptionAsync(
        TestSandbox sandbox,
        string? customer = null,
        string? price = null,
        int quantity = 1,
        params string[] more
    ) =>
        await sandbox.PostAsync(
            "/v1/subscriptions",
            [
                $"customer={customer ?? await CustomerAsync(sandbox)}",
                $"items[0][price]={price ?? await PriceAsync(sandbox)}",
                $"items[0][quantity]={quantity}",
                .. more,
            ]
        );

    /// <summary>An open Checkout session for a subscription.</summary>
    public static async Task<Answered> CheckoutAsync(TestSandbox sandbox, string? price = null, params string[] more) =>
        await sandbox.PostAsync(
            "/v1/checkout/sessions",
            [
                "mode=subscription",
                "success_url=http://localhost:8000/done?session={CHECKOUT_SESSION_ID}",
                "cancel_url=http://localhost:8000/back",
                $"line_items[0][price]={price ?? await PriceAsync(sandbox)}",
                "line_items[0][quantity]=3",
                .. more,
            ]
        );

    /// <summary>A portal configuration that offers everything, with 2 to 10 of one price.</summary>
    public static async Task<Answered> PortalConfigurationAsync(TestSandbox sandbox, string price, string proration)
    {
        var product = (await sandbox.GetAsync($"/v1/prices/{price}"))["product"];
        const string update = "features[subscription_update]";
        const string cancel = "features[subscription_cancel]";
        return await sandbox.PostAsync(
            "/v1/billing_portal/configurations",
            "features[invoice_history][enabled]=true",
            "features[payment_method_update][enabled]=true",
            $"{cancel}[enabled]=true",
            $"{cancel}[cancellation_reason][enabled]=true",
            $"{cancel}[cancellation_reason][options][0]=too_expensive",
            $"{cancel}[cancellation_reason][options][1]=other",
            $"{update}[enabled]=true",
            $"{update}[default_allowed_updates][0]=quantity",
            $"{update}[default_allowed_updates][1]=price",
            $"{update}[proration_behavior]={proration}",
            $"{update}[products][0][product]={product}",
            $"{update}[products][0][prices][0]={price}",
            $"{update}[products][0][adjustable_quantity][enabled]=true",
            $"{update}[products][0][adjustable_quantity][minimum]=2",
            $"{update}[products][0][adjustable_quantity][maximum]=10"
        );
    }

    /// <summary>Replaces the customer's default card.</summary>
    public static async Task<string> NewDefaultCardAsync(TestSandbox sandbox, string customer, string card)
    {
        var method = await sandbox.PostAsync($"/v1/payment_methods/{card}/attach", $"customer={customer}");
        await sandbox.PostAsync($"/v1/customers/{customer}", $"invoice_settings[default_payment_method]={method.Id}");
        return method.Id;
    }
}
