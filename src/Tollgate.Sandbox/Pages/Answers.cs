using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>Writes a page, or JSON for a page's script.</summary>
internal static class Answers
{
    private const int MaxFormChars = 64 * 1024;

    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Writes a page that may do nothing but what its own script does.</summary>
    /// <param name="nonce">The one that the page's own style and script carry; nothing else runs.</param>
    public static Task HtmlAsync(HttpContext context, int status, string html, string nonce)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers.XContentTypeOptions = "nosniff";
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, Encoding.UTF8, context.RequestAborted);
    }

    public static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = 303;
        context.Response.Headers.Location = path;
    }

    public static Task JsonAsync(HttpContext context, StripeException refusal) =>
        JsonAsync(context, refusal.Status, refusal.ToJson());

    public static Task JsonAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(Rendering.ToBytes(body), context.RequestAborted).AsTask();
    }

    public static async Task<FormNode> ReadFormAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[MaxFormChars + 1];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        return length > MaxFormChars
            ? throw new StripeException(413, "invalid_request_error", "The form is too large.")
            : FormNode.Parse(new string(buffer, 0, length));
    }
}
