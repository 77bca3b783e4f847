namespace Tollgate;

/// <summary>
/// Whom open alerts are sent to, beside the log, the metrics and the administration pages. Settings
/// <c>Tollgate:Alerts:*</c>; none is needed.
/// </summary>
public sealed class AlertOptions
{
    /// <summary>One e-mail address of whoever runs the product.</summary>
    public string? Mail { get; set; }

    /// <summary>An https address that is posted JSON, signed as Standard Webhooks says.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>What the posts are signed with: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    public string? WebhookSecret { get; set; }

    internal bool IsGiven => Mail is { Length: > 0 } || WebhookUrl is not null;

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal IEnumerable<string> Complaints()
    {
        if (Mail is { Length: > 0 } mail && !EmailAddress.IsOne(mail))
        {
            yield return "Tollgate__Alerts__Mail must be one e-mail address.";
        }

        if (WebhookUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)))
        {
            yield return "Tollgate__Alerts__WebhookUrl must be an https address, or one on this machine.";
        }

        if (WebhookUrl is not null && !IsSecret(WebhookSecret))
        {
            yield return "Tollgate__Alerts__WebhookSecret must be whsec_ and 24 to 64 bytes in Base64.";
        }
    }

    private static bool IsSecret(string? text)
    {
        const string Prefix = "whsec_";
        Span<byte> bytes = stackalloc byte[128];
        return text is not null
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var count)
            && count is >= 24 and <= 64;
    }
}
