namespace Tollgate.Subscriptions;

/// <summary>The last payment failed; nothing is put on a bill that is not paid, and nothing is bought anew.</summary>
/// <param name="PaymentUrl">Stripe's page of the open invoice, or the host's page that leads to it; null where none is
/// found.</param>
internal sealed record PaymentOutstanding(Uri SettingsUrl, Uri? PaymentUrl)
    : Refusal(
        ProblemCodes.PaymentOutstanding,
        409,
        "The last payment did not go through.",
        PaymentUrl is null ? "Pay the open invoice in the billing settings first." : "Pay the open invoice first."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("payment_url", PaymentUrl), new("settings_url", SettingsUrl)];

    /// <summary>Whether a subscription of this status, in Stripe's words, waits for its invoice to be paid.</summary>
    internal static bool IsPaymentOutstanding(string? status) => status is "past_due" or "unpaid" or "incomplete";
}
