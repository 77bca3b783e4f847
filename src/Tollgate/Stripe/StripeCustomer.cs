using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/customers/object</summary>
internal sealed record StripeCustomer
{
    public required string Id { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>What it pays in, for good; null before the first invoice.</summary>
    public string? Currency { get; init; }

    /// <summary>A deleted customer is still answered, with its id alone.</summary>
    public bool Deleted { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    // everything but the id may be missing: a deleted customer has nothing else
    internal static StripeCustomer Of(Sdk.Customer it, Shape at)
    {
        at.Needs("id");
        return new()
        {
            Id = it.Id,
            Email = it.Email,
            Name = it.Name,
            Currency = it.Currency,
            Deleted = it.Deleted ?? false,
            Metadata = it.Metadata ?? [],
        };
    }
}

/// <summary>What creates or changes a customer; a null is not sent.</summary>
internal sealed record CustomerParams
{
    public string? Email { get; init; }

    /// <summary>At most 256 characters.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Phone { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal Sdk.CustomerCreateOptions ToCreate() =>
        new Sdk.CustomerCreateOptions
        {
            Email = Email,
            Name = Name,
            Description = Description,
            Phone = Phone,
        }.WithMetadata(Metadata);

    internal Sdk.CustomerUpdateOptions ToUpdate() =>
        new Sdk.CustomerUpdateOptions
        {
            Email = Email,
            Name = Name,
            Description = Description,
            Phone = Phone,
        }.WithMetadata(Metadata);
}
