using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Identity;

/// <summary>A secret that is given away once; here only its hash is kept.</summary>
internal static class Secret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Names somebody in a row that is to hold no address.</summary>
    public static string NameOf(string normalizedEmail) => Convert.ToHexStringLower(HashOf(normalizedEmail));
}
