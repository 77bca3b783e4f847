using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Sandbox.Webhooks;

/// <summary>
/// Stripe's scheme v1: HMAC-SHA256 over "{t}.{body}", keyed with the whole secret including its prefix.
/// </summary>
internal static class WebhookSignature
{
    public static string Header(DateTimeOffset machineTime, string secret, ReadOnlySpan<byte> body)
    {
        var time = machineTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(time), (byte)'.', .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
