namespace Tollgate.Catalog;

/// <summary>What Stripe's page offers and asks for when a plan is bought. Nothing of it by default.</summary>
public sealed record CheckoutTerms
{
    /// <summary>The page takes promotion codes.</summary>
    public bool AllowsPromotionCodes { get; init; }

    /// <summary>
    /// Stripe works out the tax of each invoice from the customer's address, which the page asks for and keeps.
    /// </summary>
    public AutomaticTax AutomaticTax { get; init; }

    /// <summary>The page takes the tax id of a business, and its name, and keeps both.</summary>
    public bool CollectsTaxIds { get; init; }

    /// <summary>The page asks for the whole billing address, and keeps it.</summary>
    public bool RequiresBillingAddress { get; init; }
}

/// <summary>Whether Stripe works out taxes, and what the catalog's amounts are then.</summary>
public enum AutomaticTax
{
    Off,

    /// <summary>The amounts are net: tax comes on top (<c>exclusive</c>).</summary>
    OnTop,

    /// <summary>The amounts are gross: tax is in them (<c>inclusive</c>).</summary>
    Included,
}

/// <summary>Days for nothing at the beginning of a plan: once for each account, on whichever plan.</summary>
/// <param name="Days">1 to 730.</param>
public sealed record PlanTrial(int Days)
{
    /// <summary>The page asks for a card, which pays when the trial is over. Default true.</summary>
    public bool NeedsCard { get; init; } = true;

    /// <summary>What becomes of it at the end without a card. Default <see cref="TrialWithoutCard.Cancels"/>.</summary>
    public TrialWithoutCard WithoutCard { get; init; } = TrialWithoutCard.Cancels;
}

/// <summary>What becomes of a trial that ends without a card. Either way the account is free and may buy.</summary>
public enum TrialWithoutCard
{
    /// <summary>The subscription is over.</summary>
    Cancels,

    /// <summary>The subscription stays at Stripe and bills nothing, until somebody resumes it there.</summary>
    Pauses,
}
