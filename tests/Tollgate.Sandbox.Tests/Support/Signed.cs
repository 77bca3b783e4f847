using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>A webhook's signature, computed as a receiver does.</summary>
internal static class Signed
{
    public static string Of(string secret, string time, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
