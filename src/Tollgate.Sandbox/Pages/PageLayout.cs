using System.Net;

namespace Tollgate.Sandbox.Pages;

/// <summary>What all pages share.</summary>
internal static class PageLayout
{
    public const string Mark =
        """<p class="mark"><span aria-hidden="true"></span>Sandbox, no real money. Test cards only.</p>""";

    public static string Html(string title, string body, string nonce) =>
        $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{Encode(title)} · Sandbox</title>
              <link rel="icon" href="data:,">
              <style nonce="{nonce}">{Assets.Style}</style>
            </head>
            <body>
            {body}
            </body>
            </html>
            """;

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}
