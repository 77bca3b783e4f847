namespace Tollgate.Sandbox.Payments;

/// <summary>What a card answers to one charge, whatever its number says.</summary>
public sealed record CardOutcome
{
    private const string Declined = "Your card was declined.";

    /// <summary>Stripe's decline codes after which it does not try the card again.</summary>
    private static readonly string[] Hard =
    [
        "incorrect_number",
        "lost_card",
        "pickup_card",
        "stolen_card",
        "revocation_of_authorization",
        "revocation_of_all_authorizations",
        "highest_risk_level",
        "transaction_not_allowed",
    ];

    private static readonly string[] Soft =
    [
        "generic_decline",
        "approve_with_id",
        "call_issuer",
        "card_not_supported",
        "card_velocity_exceeded",
        "currency_not_supported",
        "do_not_honor",
        "do_not_try_again",
        "duplicate_transaction",
        "expired_card",
        "fraudulent",
        "incorrect_cvc",
        "incorrect_zip",
        "insufficient_funds",
        "invalid_account",
        "invalid_amount",
        "issuer_not_available",
        "merchant_blacklist",
        "no_action_taken",
        "not_permitted",
        "processing_error",
        "reenter_transaction",
        "restricted_card",
        "security_violation",
        "service_not_allowed",
        "stop_payment_order",
        "try_again_later",
        "withdrawal_count_limit_exceeded",
    ];

    private CardOutcome(string name, CardRefusal? refusal)
    {
        Name = name;
        Refusal = refusal;
    }

    /// <summary>The charge succeeds.</summary>
    public static CardOutcome Succeed { get; } = new("succeed", refusal: null);

    /// <summary>The bank wants 3D Secure; no charge is made.</summary>
    public static CardOutcome RequiresAction { get; } = new("requires_action", refusal: null);

    /// <summary><c>succeed</c>, <c>requires_action</c>, or the decline code.</summary>
    public string Name { get; }

    internal CardRefusal? Refusal { get; }

    /// <summary>The bank refuses.</summary>
    /// <param name="declineCode">One of Stripe's, e.g. <c>insufficient_funds</c>.</param>
    /// <exception cref="ArgumentException">Stripe has no such code.</exception>
    public static CardOutcome Decline(string declineCode = "generic_decline")
    {
        ArgumentNullException.ThrowIfNull(declineCode);
        var isHard = Hard.Contains(declineCode, StringComparer.Ordinal);
        if (!isHard && !Soft.Contains(declineCode, StringComparer.Ordinal))
        {
            throw new ArgumentException($"Stripe has no decline code '{declineCode}'.", nameof(declineCode));
        }

        var code = declineCode is "expired_card" or "incorrect_cvc" or "incorrect_number" or "processing_error"
            ? declineCode
            : "card_declined";
        return new CardOutcome(declineCode, new CardRefusal(code, declineCode, Message(declineCode), isHard));
    }

    /// <summary>An outcome by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static CardOutcome Of(string name) =>
        name == Succeed.Name ? Succeed
        : name == RequiresAction.Name ? RequiresAction
        : Decline(name);

    private static string Message(string declineCode) =>
        declineCode switch
        {
            "insufficient_funds" => "Your card has insufficient funds.",
            "expired_card" => "Your card has expired.",
            "incorrect_cvc" => "Your card's security code is incorrect.",
            "incorrect_number" => "Your card number is incorrect.",
            "processing_error" => "An error occurred while processing your card. Try again later.",
            _ => Declined,
        };
}
