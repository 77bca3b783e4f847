using System.Text;
using System.Text.Encodings.Web;

namespace Tollgate.Notifications;

/// <summary>
/// The one layout of all mails: a table, because mail programs render little else, styles on the elements, because
/// some drop all others, and a style sheet only for the dark. Every word is encoded here.
/// </summary>
internal static class MailLayout
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <style>
        @media (prefers-color-scheme: dark) {
        .wash { background: #101215 !important }
        .paper { background: #17191e !important; border-color: #2b2f37 !important }
        .ink { color: #eceef2 !important }
        .muted, .muted a { color: #a2a9b6 !important }
        .action { background: #56c8ae !important; color: #06231d !important }
        }
        </style>
        """;

    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif";
    private const string Line = "margin:0 0 16px;font-size:16px;line-height:1.5;color:#16181d";
    private const string Small = "margin:0;font-size:13px;line-height:1.5;color:#5a616e";
    private const string Card = "background:#ffffff;border:1px solid #e3e5e9;border-radius:10px;padding:32px";

    private const string Button =
        "display:inline-block;padding:12px 20px;border-radius:8px;background:#0d6b5b;color:#ffffff;"
        + "font-size:16px;font-weight:600;text-decoration:none";

    public static string Html(MailText text, MailFacts facts)
    {
        var html = new StringBuilder(Head)
            .Append($"<title>{Encode(text.Subject)}</title>\n</head>\n")
            .Append(
                $"<body class=\"wash\" style=\"margin:0;padding:0;background:#f6f6f3;{Font}\">\n<div role=\"main\">\n"
            )
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">")
            .Append("<tr><td class=\"wash\" align=\"center\" style=\"padding:32px 16px;background:#f6f6f3\">\n")
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" ")
            .Append("style=\"max-width:560px;text-align:left\">\n")
            .Append("<tr><td class=\"ink\" style=\"padding:0 0 16px;font-size:16px;font-weight:650;color:#16181d\">")
            .Append($"{Encode(facts.Product)}</td></tr>\n<tr><td class=\"paper\" style=\"{Card}\">\n")
            .Append("<h1 class=\"ink\" style=\"margin:0 0 16px;font-size:22px;line-height:1.3;color:#16181d\">")
            .Append($"{Encode(text.Heading)}</h1>\n");
        foreach (var paragraph in text.Paragraphs)
        {
            html.Append($"<p class=\"ink\" style=\"{Line}\">{Encode(paragraph)}</p>\n");
        }

        html.Append("<p style=\"margin:24px 0 0\">")
            .Append($"<a class=\"action\" href=\"{Encode(text.Action.Url.AbsoluteUri)}\" style=\"{Button}\">")
            .Append($"{Encode(text.Action.Label)}</a></p>\n");
        if (text.Aside is { } aside)
        {
            html.Append($"<p class=\"muted\" style=\"{Small};padding-top:24px\">{Encode(aside)}</p>\n");
        }

        return html.Append("</td></tr>\n<tr><td style=\"padding:16px 0 0\">")
            .Append($"<p class=\"muted\" style=\"{Small}\">{Encode(WhyYou(facts))}</p>")
            .Append("</td></tr>\n</table>\n</td></tr></table>\n</div>\n</body>\n</html>\n")
            .ToString();
    }

    /// <summary>The same words, in the same order.</summary>
    public static string Text(MailText text, MailFacts facts)
    {
        var lines = new List<string> { text.Heading };
        lines.AddRange(text.Paragraphs);
        lines.Add($"{text.Action.Label}: {text.Action.Url.AbsoluteUri}");
        if (text.Aside is { } aside)
        {
            lines.Add(aside);
        }

        lines.Add($"-- \n{WhyYou(facts)}");
        return string.Join("\n\n", lines) + "\n";
    }

    private static string WhyYou(MailFacts facts) =>
        $"This mail went to {Whom(facts)} at {facts.Product}, " + $"{facts.AppUrl.GetLeftPart(UriPartial.Authority)}";

    private static string Whom(MailFacts facts) =>
        facts.Recipient is null ? $"the billing address of {facts.AccountName}" : "the address of a sign-in";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
