using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tollgate.Development;

/// <summary>
/// The gallery: every web component in every state, in every theme. Its answers are made up in the page; no account is
/// asked for.
/// </summary>
internal static class GalleryPages
{
    public const string Path = "/dev/gallery";

    private const string Module = "gallery.js";

    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    // the states stand in a frame of the gallery's own page, and ask nobody
    private const string StatesPolicy =
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'";

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Gallery</title>
        <style>
        :root { color-scheme: light dark }
        * { box-sizing: border-box }
        body { margin: 0; font: 0.875rem/1.5 ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif }
        main { display: flex; flex-direction: column; block-size: 100dvh }
        form { display: flex; flex-wrap: wrap; gap: 8px 16px; padding: 12px 16px;
          border-block-end: 1px solid color-mix(in srgb, currentcolor 20%, transparent) }
        label { display: flex; gap: 6px; align-items: center }
        select { font: inherit; padding: 4px }
        iframe { flex: 1; inline-size: 100%; border: 0 }
        </style>
        </head>
        <body>
        <main></main>
        <script type="module" src="/dev/gallery/gallery.js"></script>
        </body>
        </html>

        """;

    private const string States = """
        <!doctype html>
        <html lang="en" data-theme="light">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>States</title>
        <style>
        :root[data-theme='light'] { color-scheme: light }
        :root[data-theme='dark'] { color-scheme: dark }
        :root[data-theme='auto'] { color-scheme: light dark }
        body { margin: 0; background: light-dark(#f6f6f3, #101215); color: light-dark(#16181d, #eceef2);
          font: 0.9375rem/1.5 ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif }
        main { max-inline-size: 1080px; margin: 0 auto; padding: 24px 16px }
        main > h2 { font-size: 1.25rem; margin: 0 0 16px }
        section { margin-block-end: 40px }
        h3 { margin: 0 0 8px; font: 600 0.6875rem/1 ui-monospace, monospace; letter-spacing: 0.08em;
          text-transform: uppercase; color: light-dark(#5a616e, #a2a9b6) }
        </style>
        </head>
        <body>
        <main></main>
        <script type="module" src="/tollgate/tollgate.js"></script>
        <script type="module" src="/tollgate/admin.js"></script>
        <script type="module" src="/tollgate/de.js"></script>
        <script type="module" src="/dev/gallery/gallery.js"></script>
        </body>
        </html>

        """;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http) => Answer(http, PagePolicy, Page));
        pages.MapGet(Path + "/states", (HttpContext http) => Answer(http, StatesPolicy, States));
        pages.MapGet(
            $"{Path}/{Module}",
            () =>
                Results.Stream(
                    typeof(GalleryPages).Assembly.GetManifestResourceStream(Module)
                        ?? throw new InvalidOperationException("The gallery was not built into this assembly."),
                    "text/javascript; charset=utf-8"
                )
        );
    }

    private static IResult Answer(HttpContext http, string policy, string html)
    {
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(html, "text/html; charset=utf-8");
    }
}
