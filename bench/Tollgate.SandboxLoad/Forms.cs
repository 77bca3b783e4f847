namespace Tollgate.SandboxLoad;

/// <summary>The requests that make a paying subscriber.</summary>
internal static class Forms
{
    public const string Customer =
        "email=owner@acme.test&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa";

    public static string Price(string product) =>
        $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month";

    public static string Subscription(string customer, string price) =>
        $"customer={customer}&items[0][price]={price}&items[0][quantity]=3";
}
