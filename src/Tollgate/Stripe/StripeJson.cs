using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Tollgate.Stripe;

/// <summary>
/// How Stripe's JSON is read. The <c>*Wire</c> records have its shape, the public ones ours. A constructor parameter
/// without default must be there, nullable or not: under the pinned version Stripe sends it, as null if need be, and a
/// member that silently became null would be taken for a fact.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(UnixTimeConverter), typeof(ExpandableIdConverter), typeof(ExpandableInvoiceConverter)]
)]
[JsonSerializable(typeof(ErrorWire))]
[JsonSerializable(typeof(DeletedWire))]
[JsonSerializable(typeof(CustomerWire))]
[JsonSerializable(typeof(ListWire<CustomerWire>))]
[JsonSerializable(typeof(CheckoutSessionWire))]
[JsonSerializable(typeof(ListWire<CheckoutSessionWire>))]
[JsonSerializable(typeof(SubscriptionWire))]
[JsonSerializable(typeof(ListWire<SubscriptionWire>))]
[JsonSerializable(typeof(ListWire<SubscriptionItemWire>))]
[JsonSerializable(typeof(InvoiceWire))]
[JsonSerializable(typeof(ListWire<InvoiceWire>))]
[JsonSerializable(typeof(ListWire<InvoiceLineWire>))]
[JsonSerializable(typeof(ListWire<EntitlementWire>))]
[JsonSerializable(typeof(FeatureWire))]
[JsonSerializable(typeof(ListWire<FeatureWire>))]
[JsonSerializable(typeof(ProductFeatureWire))]
[JsonSerializable(typeof(ListWire<ProductFeatureWire>))]
[JsonSerializable(typeof(ProductWire))]
[JsonSerializable(typeof(ListWire<ProductWire>))]
[JsonSerializable(typeof(PriceWire))]
[JsonSerializable(typeof(ListWire<PriceWire>))]
[JsonSerializable(typeof(PortalConfigurationWire))]
[JsonSerializable(typeof(ListWire<PortalConfigurationWire>))]
[JsonSerializable(typeof(PortalSessionWire))]
[JsonSerializable(typeof(ScheduleWire))]
[JsonSerializable(typeof(WebhookEndpointWire))]
[JsonSerializable(typeof(ListWire<WebhookEndpointWire>))]
[JsonSerializable(typeof(TaxSettingsWire))]
[JsonSerializable(typeof(ListWire<TaxRegistrationWire>))]
[JsonSerializable(typeof(ListWire<ChargeWire>))]
[JsonSerializable(typeof(ListWire<StripeRefund>))]
[JsonSerializable(typeof(ListWire<StripeDispute>))]
[JsonSerializable(typeof(DisputedChargeWire))]
[JsonSerializable(typeof(ListWire<InvoicePaymentWire>))]
[JsonSerializable(typeof(EventWire))]
[JsonSerializable(typeof(ListWire<JsonElement>))]
internal sealed partial class StripeJson : JsonSerializerContext
{
    /// <exception cref="StripeShapeException">Not JSON, or not of that shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : notnull
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new StripeShapeException("$", "null where an object was expected");
        }
        catch (JsonException cause)
        {
            throw new StripeShapeException(cause.Path ?? "$", cause.Message, cause);
        }
        catch (InvalidOperationException)
        {
            // the reader's word for a string that is not valid UTF-8 or holds half a surrogate pair
            throw new StripeShapeException("$", "a string that is not valid Unicode");
        }
    }
}

/// <summary>What Stripe answers to a DELETE.</summary>
internal sealed record DeletedWire(string Id, bool Deleted);
