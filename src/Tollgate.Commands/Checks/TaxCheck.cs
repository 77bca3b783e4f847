using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Commands.Checks;

/// <summary>Stripe Tax, where the catalog leaves taxes to it.</summary>
internal static class TaxCheck
{
    private const string Name = "automatic tax";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        StripeClient stripe,
        PlanCatalog catalog,
        CancellationToken cancellationToken
    )
    {
        if (catalog.Checkout.AutomaticTax == AutomaticTax.Off)
        {
            return [];
        }

        var settings = (await stripe.GetTaxSettings(cancellationToken)).OrThrow();
        if (settings.Status != "active")
        {
            var missing = string.Join(", ", settings.MissingFields);
            return [Finding.Fails(Name, $"Stripe Tax is {settings.Status}, and wants {missing}")];
        }

        var registrations = (await stripe.ListActiveTaxRegistrations(cancellationToken)).OrThrow();
        var countries = registrations.Select(one => one.Country).Distinct(StringComparer.Ordinal);
        return
        [
            registrations.Count == 0
                ? Finding.Warn(Name, "no registration is active at Stripe: no tax is collected anywhere")
                : Finding.Good(Name, $"collected in {string.Join(", ", countries)}"),
        ];
    }
}
