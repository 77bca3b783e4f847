using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Sandbox.Events;

/// <summary>
/// Stripe's scheme v1: HMAC-SHA256 over "{t}.{body}", keyed with the whole secret including its prefix. While a secret
/// is rolled there is one signature for each that is good.
/// </summary>
internal static class WebhookSignature
{
    public static string Header(DateTimeOffset machineTime, IReadOnlyList<string> secrets, byte[] body)
    {
        var time = machineTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(time), (byte)'.', .. body];
        var signatures = secrets.Select(secret =>
            $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}"
        );
        return $"t={time},{string.Join(',', signatures)}";
    }
}
