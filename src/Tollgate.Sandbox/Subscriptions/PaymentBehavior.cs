namespace Tollgate.Sandbox.Subscriptions;

/// <summary>What a request wants when the payment that it causes does not go through.</summary>
internal static class PaymentBehavior
{
    public static readonly string[] OfNew = ["allow_incomplete", "default_incomplete", "error_if_incomplete"];

    public static readonly string[] OfUpdates =
    [
        "allow_incomplete",
        "default_incomplete",
        "error_if_incomplete",
        "pending_if_incomplete",
    ];
}
