using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Sandbox.Wire;

/// <summary>Any test key of twelve characters or more means the one account; live keys are refused.</summary>
internal static class ApiKey
{
    private const int MinLength = 12;

    public static void Require(HttpRequest request)
    {
        var key = Read(request.Headers.Authorization.ToString());
        if (string.IsNullOrEmpty(key))
        {
            throw new StripeException(
                401,
                "invalid_request_error",
                "You did not provide an API key. You need to provide your API key in the Authorization header, using "
                    + "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
            );
        }

        if (
            key.StartsWith("sk_live_", StringComparison.Ordinal) || key.StartsWith("rk_live_", StringComparison.Ordinal)
        )
        {
            throw new StripeException(
                401,
                "invalid_request_error",
                "This is the Sandbox: live keys are refused. Use a test key such as sk_test_localsandbox."
            );
        }

        var isTest =
            key.StartsWith("sk_test_", StringComparison.Ordinal)
            || key.StartsWith("rk_test_", StringComparison.Ordinal);
        if (!isTest || key.Length < MinLength)
        {
            throw new StripeException(401, "invalid_request_error", $"Invalid API Key provided: {Mask(key)}");
        }
    }

    private static string? Read(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header[7..].Trim();
        }

        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var decoded = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), decoded, out var length)
            ? Encoding.UTF8.GetString(decoded, 0, length).Split(':')[0]
            : null;
    }

    private static string Mask(string key) => key.Length <= 8 ? "****" : $"{key[..4]}****{key[^4..]}";
}
