using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Notifications;

namespace Tollgate.Development;

/// <summary>
/// The mailbox: every mail that the host would have sent, and those that it did not send, with the reason. It is open
/// to everybody, so it is there in Development only, and with a private database only.
/// </summary>
internal static class MailboxPages
{
    public const string Path = "/dev/mailbox";

    private const int ShownMax = 100;

    // a mail has its styles on the elements, and its links open beside the mailbox
    private const string MailPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        + "frame-ancestors 'self'";

    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(
            Path,
            async (HttpContext http, MailLog mails) =>
                Answer(http, PagePolicy, MailboxHtml.List(await mails.ListAsync(ShownMax, http.RequestAborted)))
        );
        pages.MapGet(
            Path + "/{id:long}",
            async (long id, HttpContext http, MailLog mails) =>
                await mails.FindAsync(id, http.RequestAborted) is { } entry
                    ? Answer(http, PagePolicy, MailboxHtml.One(entry))
                    : Results.NotFound()
        );
        pages.MapGet(
            Path + "/{id:long}/html",
            async (long id, HttpContext http, MailLog mails) =>
                await mails.FindAsync(id, http.RequestAborted) is { Message: { } mail }
                    ? Answer(http, MailPolicy, MailboxHtml.Framed(mail))
                    : Results.NotFound()
        );
    }

    private static IResult Answer(HttpContext http, string policy, string html)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8");
    }
}
