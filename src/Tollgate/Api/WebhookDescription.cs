using System.Text.Json.Nodes;
using Tollgate.Http;
using Tollgate.Webhooks;

namespace Tollgate.Api;

/// <summary>What the API's document says of the webhook.</summary>
internal static class WebhookDescription
{
    public static readonly ApiOperation Receive = new(
        "receiveEvent",
        "Takes an event of Stripe's: recorded once, applied later."
    )
    {
        IsSigned = true,
        Parameters = [new("header", "Stripe-Signature", "Over the raw body.", IsRequired: true)],
        Request = ApiBody.Of<JsonNode>(new JsonObject { ["id"] = "evt_1", ["type"] = "invoice.paid" }),
        Answers = [ApiBody.Of(new ReceivedAnswer(Received: true))],
        Bare =
        [
            (400, "The signature is missing or wrong."),
            (413, "More than 1 MB."),
            (415, "It is not JSON."),
            (503, "It could not be recorded; Stripe sends it again."),
        ],
    };
}
