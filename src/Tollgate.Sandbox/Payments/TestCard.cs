namespace Tollgate.Sandbox.Payments;

/// <summary>When a card asks for 3D Secure.</summary>
internal enum AuthenticationNeed
{
    Never,

    /// <summary>While a person is there, until it was set up; later charges without the person pass.</summary>
    UnlessSetUp,

    /// <summary>While a person is there; it counts as set up already.</summary>
    OnSessionOnly,

    Always,
}

/// <summary>Why a bank refuses.</summary>
/// <param name="IsHard">Stripe schedules no further attempt with this card.</param>
internal sealed record CardRefusal(string Code, string? DeclineCode, string Message, bool IsHard = false);

/// <summary>One of Stripe's test cards and how it behaves.</summary>
/// <param name="Names">Its names without prefix: <c>visa</c> is <c>tok_visa</c> and <c>pm_card_visa</c>.</param>
internal sealed record TestCard(string Number, string Brand, params string[] Names)
{
    private const string Declined = "Your card was declined.";

    public static readonly TestCard[] All =
    [
        new("4242424242424242", "visa", "visa"),
        new("4000056655665556", "visa", "visa_debit") { Funding = "debit" },
        new("5555555555554444", "mastercard", "mastercard"),
        new("378282246310005", "amex", "amex"),
        new("6011111111111117", "discover", "discover"),
        Refused("4000000000000002", Generic, "visa_chargeDeclined", "chargeDeclined"),
        Refused(
            "4000000000009995",
            new("card_declined", "insufficient_funds", "Your card has insufficient funds."),
            "visa_chargeDeclinedInsufficientFunds",
            "chargeDeclinedInsufficientFunds"
        ),
        Refused(
            "4000000000009987",
            new("card_declined", "lost_card", Declined, IsHard: true),
            "visa_chargeDeclinedLostCard",
            "chargeDeclinedLostCard"
        ),
        Refused(
            "4000000000009979",
            new("card_declined", "stolen_card", Declined, IsHard: true),
            "visa_chargeDeclinedStolenCard",
            "chargeDeclinedStolenCard"
        ),
        Refused(
            "4000000000000069",
            new("expired_card", "expired_card", "Your card has expired."),
            "chargeDeclinedExpiredCard"
        ),
        Refused(
            "4000000000000127",
            new("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
            "chargeDeclinedIncorrectCvc"
        ),
        Refused(
            "4000000000000119",
            new(
                "processing_error",
                "processing_error",
                "An error occurred while processing your card. Try again later."
            ),
            "chargeDeclinedProcessingError"
        ),
        new("4000000000000341", "visa", "chargeCustomerFail") { Refusal = Generic },
        new("4000002500003155", "visa", "authenticationRequiredOnSetup")
        {
            Authentication = AuthenticationNeed.UnlessSetUp,
        },
        new("4000002760003184", "visa", "authenticationRequired") { Authentication = AuthenticationNeed.Always },
        new("4000003800000446", "visa", "authenticationRequiredSetupForOffSession")
        {
            Authentication = AuthenticationNeed.OnSessionOnly,
        },
        new("4000008260003178", "visa", "authenticationRequiredChargeDeclinedInsufficientFunds")
        {
            Authentication = AuthenticationNeed.Always,
            Refusal = new("card_declined", "insufficient_funds", "Your card has insufficient funds."),
        },
        new("4000000000003220", "visa", "threeDSecure2Required", "threeDSecureRequired")
        {
            Authentication = AuthenticationNeed.Always,
        },
        new("4000008400001629", "visa", "threeDSecureRequiredChargeDeclined")
        {
            Authentication = AuthenticationNeed.Always,
            Refusal = Generic,
        },
        new("4000000000003055", "visa", "threeDSecureOptional"),
        new("4000000000000259", "visa", "createDispute") { Dispute = "needs_response" },
        new("4000000000001976", "visa", "createDisputeInquiry") { Dispute = "warning_needs_response" },
    ];

    public string Funding { get; init; } = "credit";

    public bool RefusesAttachment { get; init; }

    public CardRefusal? Refusal { get; init; }

    public AuthenticationNeed Authentication { get; init; }

    /// <summary>The status of the dispute that follows a charge; null for none.</summary>
    public string? Dispute { get; init; }

    public string Last4 => Number[^4..];

    private static CardRefusal Generic => new("card_declined", "generic_decline", Declined);

    /// <summary>The card that <c>tok_visa</c>, <c>pm_card_visa</c> and the like stand for.</summary>
    public static TestCard? ByName(string name)
    {
        var bare =
            name.StartsWith("pm_card_", StringComparison.Ordinal) ? name[8..]
            : name.StartsWith("tok_", StringComparison.Ordinal) ? name[4..]
            : null;
        return bare is null ? null : All.FirstOrDefault(card => card.Names.Contains(bare, StringComparer.Ordinal));
    }

    public static TestCard? ByNumber(string number) => All.FirstOrDefault(card => card.Number == number);

    /// <summary>The check digit that card numbers carry.</summary>
    public static bool PassesLuhn(string number)
    {
        var sum = 0;
        for (var index = 0; index < number.Length; index++)
        {
            var digit = number[^(index + 1)] - '0';
            var weighed = index % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return number.Length is >= 12 and <= 19 && sum % 10 == 0;
    }

    private static TestCard Refused(string number, CardRefusal refusal, params string[] names) =>
        new(number, "visa", names) { Refusal = refusal, RefusesAttachment = true };
}
