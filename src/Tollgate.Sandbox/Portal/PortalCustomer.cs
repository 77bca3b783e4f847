using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>The customer's own words for the invoices: name, e-mail, address, phone.</summary>
internal static class PortalCustomer
{
    public const string Feature = "customer_update";

    public static readonly Param[] Known =
    [
        Param.Text("name"),
        Param.Text("email"),
        Param.Text("phone"),
        Param.Address("address"),
    ];

    /// <summary>Whether the configuration lets the customer change a part of it.</summary>
    public static bool Allows(PortalVisit visit, string name) =>
        visit.Has(Feature) && visit.Features.Child(Feature).Texts("allowed_updates").Contains(name);

    /// <exception cref="StripeException">The configuration does not allow one of them.</exception>
    public static void Run(Transaction tx, PortalVisit visit, JsonObject input)
    {
        visit.Require(Feature);
        if (input.Select(given => given.Key).FirstOrDefault(name => !Allows(visit, name)) is { } other)
        {
            throw StripeException.Invalid("This page does not offer that.", other);
        }

        if (input.ContainsKey("email") && input.TextOrNull("email")?.Contains('@', StringComparison.Ordinal) != true)
        {
            throw StripeException.Invalid("Enter an e-mail address.", "email");
        }

        CustomerRoutes.Change(tx, visit.Customer, input);
    }
}
