using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary>Reads <c>default_payment_method</c>.</summary>
internal static class OwnPaymentMethod
{
    /// <summary>A payment method that belongs to the customer; a test card's name makes one. Null stays null.</summary>
    public static string? Of(Transaction tx, string? idOrName, string customer)
    {
        const string parameter = "default_payment_method";
        if (idOrName is null)
        {
            return null;
        }

        if (TestCard.ByName(idOrName) is not null)
        {
            return AttachPaymentMethod.Run(tx, idOrName, customer, parameter).Id();
        }

        var method = tx.Get(PaymentMethodDocument.Kind, idOrName, parameter);
        return method.TextOrNull("customer") == customer
            ? idOrName
            : throw StripeException.Invalid(
                $"The customer does not have a payment method with the ID {idOrName}. The payment method must be "
                    + "attached to the customer.",
                parameter,
                "resource_missing"
            );
    }
}
