using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Webhooks;

/// <summary>
/// Stripe's signature over the raw bytes: <c>t=unix,v1=hex(HMAC-SHA256(secret, "{t}.{body}"))</c>, several <c>v1</c>
/// while a secret is rolled. Only scheme <c>v1</c> counts; comparison takes constant time.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>How far <c>t</c> may lie from the machine's clock, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int HeaderLengthMax = 4096;
    private const int HexLength = 2 * HMACSHA256.HashSizeInBytes;

    /// <param name="secrets">All that are valid now; more than one during a roll.</param>
    /// <param name="now">Machine time.</param>
    public static bool IsValid(
        string header,
        ReadOnlySpan<byte> body,
        IReadOnlyList<string> secrets,
        DateTimeOffset now
    ) => FindFault(header, body, secrets, now) is null;

    /// <summary>Why it is refused; null when it is valid.</summary>
    internal static SignatureFault? FindFault(
        string header,
        ReadOnlySpan<byte> body,
        IReadOnlyList<string> secrets,
        DateTimeOffset now
    )
    {
        if (header.Length == 0)
        {
            return SignatureFault.NoHeader;
        }

        if (header.Length > HeaderLengthMax || !TryReadTime(header, out var time))
        {
            return SignatureFault.Malformed;
        }

        if (
            (now.ToUnixTimeSeconds() - time) is var age
            && (age > Tolerance.TotalSeconds || age < -Tolerance.TotalSeconds)
        )
        {
            return SignatureFault.TooOld;
        }

        var signed = Encoding.ASCII.GetBytes(time.ToString(CultureInfo.InvariantCulture) + ".");
        var isValid = false;
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
            hmac.AppendData(signed);
            hmac.AppendData(body);
            isValid |= AnyMatches(header, hmac.GetHashAndReset());
        }

        return isValid ? null : SignatureFault.NoMatch;
    }

    private static bool TryReadTime(string header, out long time)
    {
        time = 0;
        foreach (var part in header.AsSpan().Split(','))
        {
            var item = header.AsSpan()[part].Trim();
            if (item.StartsWith("t=", StringComparison.Ordinal))
            {
                return long.TryParse(item[2..], NumberStyles.None, CultureInfo.InvariantCulture, out time)
                    && time <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
            }
        }

        return false;
    }

    private static bool AnyMatches(string header, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var part in header.AsSpan().Split(','))
        {
            var item = header.AsSpan()[part].Trim();
            if (item.Length == 3 + HexLength && item.StartsWith("v1=", StringComparison.Ordinal))
            {
                var decoded = Convert.FromHexString(item[3..], given, out _, out _);
                matches |=
                    decoded == System.Buffers.OperationStatus.Done
                    && CryptographicOperations.FixedTimeEquals(given, expected);
            }
        }

        return matches;
    }
}

/// <summary>Why a delivery is refused, without a word of what it holds.</summary>
internal enum SignatureFault
{
    NoHeader,
    Malformed,

    /// <summary>Further from the machine's clock than <see cref="WebhookSignature.Tolerance"/>.</summary>
    TooOld,
    NoMatch,
}
