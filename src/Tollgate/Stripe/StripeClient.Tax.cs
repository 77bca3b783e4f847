namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    /// <summary>Whether Stripe Tax can work anything out for this account.</summary>
    internal Task<StripeAnswer<StripeTaxSettings>> GetTaxSettings(CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Get("/v1/tax/settings"),
            StripeJson.Default.TaxSettingsWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>Where the account collects tax now, by country.</summary>
    internal Task<StripeAnswer<IReadOnlyList<StripeTaxRegistration>>> ListActiveTaxRegistrations(
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/tax/registrations",
            id: null,
            query => query.Add("status", "active"),
            StripeJson.Default.ListWireTaxRegistrationWire,
            wire => wire.Read(),
            registration => registration.Id,
            cancellationToken
        );
}
