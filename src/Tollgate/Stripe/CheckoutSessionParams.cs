using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// A Checkout Session on Stripe's own page, for a new subscription.
/// https://docs.stripe.com/api/checkout/sessions/create
/// </summary>
internal sealed record CheckoutSessionParams
{
    public required string CustomerId { get; init; }

    public required IReadOnlyList<CheckoutLineItem> LineItems { get; init; }

    /// <summary>May hold <c>{CHECKOUT_SESSION_ID}</c>, which Stripe fills in; therefore a text and not a URI.</summary>
    public required string SuccessUrl { get; init; }

    public required string CancelUrl { get; init; }

    public string? ClientReferenceId { get; init; }

    /// <summary>One that the prices have; null for their first, or the customer's.</summary>
    public string? Currency { get; init; }

    /// <summary>30 minutes to 24 hours ahead; Stripe's default is 24 hours.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool? AllowPromotionCodes { get; init; }

    /// <summary><c>always</c>, or <c>if_required</c>: no card while nothing is due.</summary>
    public string? PaymentMethodCollection { get; init; }

    /// <summary>Taxes are worked out from the customer's address.</summary>
    public bool? AutomaticTax { get; init; }

    /// <summary>The page takes tax ids.</summary>
    public bool? CollectTaxIds { get; init; }

    /// <summary><c>auto</c> or <c>required</c>.</summary>
    public string? BillingAddressCollection { get; init; }

    /// <summary><c>auto</c> keeps the address that was given with the customer; Stripe's default is
    /// <c>never</c>.</summary>
    public string? UpdateCustomerAddress { get; init; }

    /// <summary><c>auto</c> keeps the name that was given with the customer; Stripe's default is
    /// <c>never</c>.</summary>
    public string? UpdateCustomerName { get; init; }

    /// <summary>Days for nothing at the beginning.</summary>
    public int? TrialDays { get; init; }

    /// <summary><c>cancel</c>, <c>pause</c> or <c>create_invoice</c>.</summary>
    public string? TrialEndWithoutCard { get; init; }

    /// <summary><c>classic</c> or <c>flexible</c>; when null Stripe's default, <c>flexible</c>.</summary>
    public string? BillingModeType { get; init; }

    /// <summary>Of the session.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Of the subscription that will come of it.</summary>
    public IReadOnlyDictionary<string, string>? SubscriptionMetadata { get; init; }

    internal Sdk.Checkout.SessionCreateOptions ToOptions() =>
        new()
        {
            Mode = "subscription",
            Customer = CustomerId,
            LineItems = [.. LineItems.Select(item => item.ToOptions())],
            SuccessUrl = SuccessUrl,
            CancelUrl = CancelUrl,
            ClientReferenceId = ClientReferenceId,
            Currency = Currency,
            ExpiresAt = ExpiresAt?.UtcDateTime,
            AllowPromotionCodes = AllowPromotionCodes,
            PaymentMethodCollection = PaymentMethodCollection,
            AutomaticTax = new() { Enabled = AutomaticTax },
            TaxIdCollection = new() { Enabled = CollectTaxIds },
            BillingAddressCollection = BillingAddressCollection,
            CustomerUpdate = new() { Address = UpdateCustomerAddress, Name = UpdateCustomerName },
            Metadata = Metadata is null ? null : new(Metadata),
            SubscriptionData = new()
            {
                BillingMode = new() { Type = BillingModeType },
                TrialPeriodDays = TrialDays,
                TrialSettings = new() { EndBehavior = new() { MissingPaymentMethod = TrialEndWithoutCard } },
                Metadata = SubscriptionMetadata is null ? null : new(SubscriptionMetadata),
            },
        };
}

/// <param name="AdjustableQuantity">Null: the customer buys exactly <paramref name="Quantity"/>.</param>
internal sealed record CheckoutLineItem(string PriceId, long Quantity, AdjustableQuantity? AdjustableQuantity = null)
{
    internal Sdk.Checkout.SessionLineItemOptions ToOptions() =>
        new()
        {
            Price = PriceId,
            Quantity = Quantity,
            AdjustableQuantity = AdjustableQuantity is { } range
                ? new()
                {
                    Enabled = true,
                    Minimum = range.Minimum,
                    Maximum = range.Maximum,
                }
                : null,
        };
}

/// <summary>What the customer may choose on Stripe's page, both ends included.</summary>
internal sealed record AdjustableQuantity(long Minimum, long Maximum);
