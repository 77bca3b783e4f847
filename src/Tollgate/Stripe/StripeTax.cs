namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/tax/settings/object</summary>
/// <param name="Status"><c>active</c>, or <c>pending</c> while fields are missing.</param>
internal sealed record StripeTaxSettings(string Status, IReadOnlyList<string> MissingFields);

/// <summary>https://docs.stripe.com/api/tax/registrations/object</summary>
internal sealed record StripeTaxRegistration(string Id, string Country);

internal sealed record TaxSettingsWire(string Status, TaxStatusDetailsWire StatusDetails)
{
    public StripeTaxSettings Read() => new(Status, StatusDetails.Pending?.MissingFields ?? []);
}

internal sealed record TaxStatusDetailsWire(TaxPendingWire? Pending = null);

internal sealed record TaxPendingWire(IReadOnlyList<string>? MissingFields = null);

internal sealed record TaxRegistrationWire(string Id, string Country)
{
    public StripeTaxRegistration Read() => new(Id, Country);
}
