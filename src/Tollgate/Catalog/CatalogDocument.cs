using System.Text.Json.Serialization;

namespace Tollgate.Catalog;

/// <summary>
/// A catalog as its file has it. What is null has the catalog's own default. What may be in it, and what it means, says
/// the schema, in the same words.
/// </summary>
internal sealed record CatalogDocument
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Product { get; init; }
    public string? Key { get; init; }
    public string? FeaturePrefix { get; init; }
    public IReadOnlyList<PlanDocument>? Plans { get; init; }
    public IReadOnlyList<MeterDocument>? Meters { get; init; }
    public IReadOnlyList<string>? Features { get; init; }
    public SeatsDocument? Seats { get; init; }
    public NounDocument? SeatHolder { get; init; }
    public string? MeterMember { get; init; }
    public IReadOnlyList<AddOnDocument>? AddOns { get; init; }
    public CheckoutDocument? Checkout { get; init; }
    public RefundsAndDisputesDocument? RefundsAndDisputes { get; init; }
    public BillingMode? BillingMode { get; init; }
    public bool? UpgradeNeedsMoney { get; init; }

    public bool? IgnoresOtherSubscriptions { get; init; }
    public string? Grace { get; init; }
    public AfterGrace? AfterGrace { get; init; }
}

internal sealed record PlanDocument
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public IReadOnlyList<PriceDocument>? Prices { get; init; }
    public IReadOnlyList<string>? Features { get; init; }
    public IReadOnlyDictionary<string, int>? Limits { get; init; }
    public TrialDocument? Trial { get; init; }
    public IReadOnlyList<string>? Highlights { get; init; }
    public bool? OffStripe { get; init; }
}

internal sealed record PriceDocument
{
    public string? Alias { get; init; }
    public BillingInterval Interval { get; init; }
    public long UnitAmount { get; init; }
    public string? Currency { get; init; }
    public IReadOnlyList<AmountDocument>? Also { get; init; }
    public IReadOnlyList<string>? Former { get; init; }
}

internal sealed record AmountDocument
{
    public long UnitAmount { get; init; }
    public string? Currency { get; init; }
}

internal sealed record TrialDocument
{
    public int Days { get; init; }
    public bool? NeedsCard { get; init; }
    public TrialWithoutCard? WithoutCard { get; init; }
}

internal sealed record MeterDocument
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? StatusName { get; init; }
    public string? WindowGroup { get; init; }
    public string? Window { get; init; }
    public NounDocument? Noun { get; init; }
}

internal sealed record NounDocument
{
    public string? One { get; init; }
    public string? Many { get; init; }
    public IReadOnlyDictionary<string, WordsDocument>? In { get; init; }
}

internal sealed record WordsDocument
{
    public string? One { get; init; }
    public string? Many { get; init; }
}

internal sealed record SeatsDocument
{
    public const int UsualLeast = 1;
    public const int UsualMost = 500;

    public int? Least { get; init; }
    public int? Most { get; init; }
}

internal sealed record AddOnDocument
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public IReadOnlyList<string>? Prices { get; init; }
}

internal sealed record CheckoutDocument
{
    public bool? AllowsPromotionCodes { get; init; }
    public AutomaticTax? AutomaticTax { get; init; }
    public bool? CollectsTaxIds { get; init; }
    public bool? RequiresBillingAddress { get; init; }
}

internal sealed record RefundsAndDisputesDocument
{
    public OnRefundOrDispute? OnFullRefund { get; init; }
    public OnRefundOrDispute? OnDispute { get; init; }
}
