using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate;
using Tollgate.Outbox;

namespace Standalone.Webhooks;

/// <summary>
/// What an app is told, as Standard Webhooks advises: <c>type</c>, <c>timestamp</c>, and <c>data</c> with the account.
/// It says that something happened; what holds now is asked for by <c>status</c>.
/// </summary>
internal sealed record WebhookMessage(string Id, string Type, string Body)
{
    /// <summary>Everything that there is to hear.</summary>
    public static readonly string[] Types =
    [
        "subscription.changed",
        "plan.activated",
        "access.ended",
        "grace.started",
        "payment.action_required",
        "payment.recovered",
        "limit.approaching",
        "limit.reached",
    ];

    /// <summary>What is sent by <c>webhooks test</c> only.</summary>
    public const string TestType = "webhook.test";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Null of an effect that is no business of the app's.</summary>
    public static WebhookMessage? Of(AccountId account, Effect effect, DateTimeOffset now)
    {
        if (Describe(effect) is not var (type, facts))
        {
            return null;
        }

        var data = JsonSerializer.SerializeToNode(facts, Json)!.AsObject();
        data.Insert(0, "account", account.Value);
        // the same effect is the same message, however often it is dispatched
        return Make($"{account}\n{effect.Kind}\n{effect.Occurrence}", type, data, now);
    }

    private static (string Type, object Facts)? Describe(Effect effect) =>
        effect switch
        {
            SubscriptionChanged one => (
                "subscription.changed",
                new
                {
                    one.FromPlan,
                    one.ToPlan,
                    one.Version,
                }
            ),
            PlanActivated one => ("plan.activated", new { one.Plan, one.Seats }),
            AccessEnded one => ("access.ended", new { one.Plan, one.Reason }),
            PaymentFailed one => ("grace.started", new { one.Since, one.GraceEndsAt }),
            PaymentActionRequired one => ("payment.action_required", new { one.HostedInvoiceUrl }),
            PaymentRecovered one => ("payment.recovered", new { one.PaidThrough }),
            UsageReached one => (
                one.Percent < 100 ? "limit.approaching" : "limit.reached",
                new
                {
                    one.Meter,
                    one.Percent,
                    one.Used,
                    one.Limit,
                    ResetAt = one.WindowEndsAt,
                }
            ),
            _ => null,
        };

    /// <summary>A message that means nothing, to see whether it arrives.</summary>
    public static WebhookMessage Test(DateTimeOffset now) =>
        Make($"test:{Guid.NewGuid():N}", TestType, new JsonObject { ["account"] = null }, now);

    private static WebhookMessage Make(string occurrence, string type, JsonObject data, DateTimeOffset now) =>
        new(
            $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(occurrence)))[..32]}",
            type,
            new JsonObject
            {
                ["type"] = type,
                ["timestamp"] = JsonSerializer.SerializeToNode(now, Json),
                ["data"] = data,
            }.ToJsonString(Json)
        );
}
