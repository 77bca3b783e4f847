using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/products/object</summary>
internal sealed record StripeProduct
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required bool Active { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Lines for people, in their order.</summary>
    public IReadOnlyList<string> MarketingFeatures { get; init; } = [];

    internal static StripeProduct Of(Sdk.Product it, Shape at)
    {
        at.Needs("id name active metadata").Names("description marketing_features");
        return new()
        {
            Id = it.Id,
            Name = it.Name,
            Description = it.Description,
            Active = it.Active,
            Metadata = it.Metadata,
            MarketingFeatures = [.. (it.MarketingFeatures ?? []).Select(line => line.Name)],
        };
    }
}

/// <summary>What <see cref="StripeClient.CreateProduct"/> sends.</summary>
internal sealed record ProductParams
{
    public required string Name { get; init; }

    /// <summary>Chosen by us, so that a second set-up finds it; Stripe makes one when null.</summary>
    public string? Id { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.ProductCreateOptions ToOptions() =>
        new Sdk.ProductCreateOptions
        {
            Id = Id,
            Name = Name,
            Description = Description,
        }.WithMetadata(Metadata);
}

/// <summary>What <see cref="StripeClient.UpdateProduct"/> changes; a null leaves things as they are.</summary>
internal sealed record ProductUpdate
{
    public string? Name { get; init; }

    public FormText Description { get; init; }

    public bool? Active { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.ProductUpdateOptions ToOptions() =>
        new Sdk.ProductUpdateOptions { Name = Name, Active = Active }
            .Given(Description.Text, (options, text) => options.Description = text)
            .WithMetadata(Metadata);
}
