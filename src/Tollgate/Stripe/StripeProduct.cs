namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/products/object</summary>
public sealed record StripeProduct
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required bool Active { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>What <see cref="StripeClient.CreateProduct"/> sends.</summary>
public sealed record ProductParams
{
    public required string Name { get; init; }

    /// <summary>Chosen by us, so that a second set-up finds it; Stripe makes one when null.</summary>
    public string? Id { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("id", Id);
        form.Add("name", Name);
        form.Add("description", Description);
        form.Add("metadata", Metadata);
    }
}

/// <summary>What <see cref="StripeClient.UpdateProduct"/> changes; a null leaves things as they are.</summary>
public sealed record ProductUpdate
{
    public string? Name { get; init; }

    public FormText Description { get; init; }

    public bool? Active { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("name", Name);
        form.Add("description", Description);
        form.Add("active", Active);
        form.Add("metadata", Metadata);
    }
}

internal sealed record ProductWire(
    string Id,
    string Name,
    string? Description,
    bool Active,
    Dictionary<string, string> Metadata
)
{
    public StripeProduct Read() =>
        new()
        {
            Id = Id,
            Name = Name,
            Description = Description,
            Active = Active,
            Metadata = Metadata,
        };
}
