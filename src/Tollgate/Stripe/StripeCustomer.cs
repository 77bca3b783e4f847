namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/customers/object</summary>
public sealed record StripeCustomer
{
    public required string Id { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>What it pays in, for good; null before the first invoice.</summary>
    public string? Currency { get; init; }

    /// <summary>A deleted customer is still answered, with its id alone.</summary>
    public bool Deleted { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>What creates or changes a customer; a null is not sent.</summary>
public sealed record CustomerParams
{
    public string? Email { get; init; }

    /// <summary>At most 256 characters.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Phone { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal void Write(FormWriter form)
    {
        form.Add("email", Email);
        form.Add("name", Name);
        form.Add("description", Description);
        form.Add("phone", Phone);
        form.Add("metadata", Metadata);
    }
}

// everything but the id may be missing: a deleted customer has nothing else
internal sealed record CustomerWire(
    string Id,
    string? Email = null,
    string? Name = null,
    string? Currency = null,
    bool Deleted = false,
    Dictionary<string, string>? Metadata = null
)
{
    public StripeCustomer Read() =>
        new()
        {
            Id = Id,
            Email = Email,
            Name = Name,
            Currency = Currency,
            Deleted = Deleted,
            Metadata = Metadata ?? [],
        };
}
