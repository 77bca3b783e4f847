using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using StandardWebhooks;

namespace Standalone.Webhooks;

/// <summary>
/// Secrets of endpoints (<c>whsec_...</c>): made here, kept encrypted by the key ring, and what a body is signed with.
/// </summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    private readonly IDataProtector protector = protection.CreateProtector("standalone.webhooks");

    public static string Make() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>
    /// The header <c>webhook-signature</c>: one signature, and while a rotation is under way one more by the former
    /// secret, after a blank.
    /// </summary>
    public string Sign(WebhookEndpoint endpoint, string messageId, string body, DateTimeOffset now)
    {
        var signature = Sign(endpoint.Secret, messageId, body, now);
        return endpoint.FormerSecret is { } former && now < endpoint.FormerUntil
            ? $"{signature} {Sign(former, messageId, body, now)}"
            : signature;
    }

    private string Sign(string secret, string messageId, string body, DateTimeOffset now) =>
        new StandardWebhook(protector.Unprotect(secret)).Sign(messageId, now, body);
}
