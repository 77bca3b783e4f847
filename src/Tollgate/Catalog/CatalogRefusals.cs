namespace Tollgate.Catalog;

/// <summary>Not a price of the catalog, or not one that is sold.</summary>
internal sealed record UnknownPrice(PlanCatalog Catalog)
    : Refusal(ProblemCodes.UnknownPrice, 400, "No such price.", "Choose one of the plans' prices.")
{
    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        [new("prices", Catalog.Plans.SelectMany(plan => plan.Prices).Select(price => price.Alias).ToArray())];
}

/// <summary>The plans are not sold in that currency, in which the caller wants to pay, or has to.</summary>
internal sealed record CurrencyNotOffered(PlanCatalog Catalog, string Currency)
    : Refusal(
        ProblemCodes.CurrencyNotOffered,
        400,
        "That currency is not offered.",
        $"The plans are not sold in {Currency}. Choose one of {string.Join(", ", Catalog.Currencies)}."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("currencies", Catalog.Currencies)];
}

/// <summary>A plan that is sold by people.</summary>
internal sealed record PlanSoldByPeople(string Plan)
    : Refusal(
        ProblemCodes.PlanSoldByPeople,
        409,
        $"{Plan} is not sold here.",
        "Write to us and we set it up with you."
    );

/// <summary>Fewer or more seats than can be bought.</summary>
internal sealed record SeatCountOutOfRange(int Least, int Most)
    : Refusal(
        ProblemCodes.SeatCountOutOfRange,
        400,
        "That number of seats cannot be bought.",
        $"Choose between {Least} and {Most} seats."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("minimum", Least), new("maximum", Most)];
}
