using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>https://docs.stripe.com/api/tax/settings/object</summary>
/// <param name="Status"><c>active</c>, or <c>pending</c> while fields are missing.</param>
internal sealed record StripeTaxSettings(string Status, IReadOnlyList<string> MissingFields)
{
    internal static StripeTaxSettings Of(Sdk.Tax.Settings it, Shape at)
    {
        at.Needs("status status_details");
        return new(it.Status, it.StatusDetails.Pending?.MissingFields ?? []);
    }
}

/// <summary>https://docs.stripe.com/api/tax/registrations/object</summary>
internal sealed record StripeTaxRegistration(string Id, string Country)
{
    internal static StripeTaxRegistration Of(Sdk.Tax.Registration it, Shape at)
    {
        at.Needs("id country");
        return new(it.Id, it.Country);
    }
}
