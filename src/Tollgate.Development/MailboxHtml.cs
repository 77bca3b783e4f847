using System.Globalization;
using System.Text.Encodings.Web;
using Tollgate.Notifications;

namespace Tollgate.Development;

/// <summary>The mailbox as HTML. Whatever a mail says is encoded; its own HTML is shown in a frame that can do
/// nothing.</summary>
internal static class MailboxHtml
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Mailbox</title>
        <style>
        :root { color-scheme: light dark; --ink: light-dark(#16181d, #eceef2); --muted: light-dark(#5a616e, #a2a9b6);
          --line: light-dark(#e3e5e9, #2b2f37); --paper: light-dark(#fff, #17191e);
          --wash: light-dark(#f6f6f3, #101215); --accent: light-dark(#0d6b5b, #56c8ae) }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--wash); color: var(--ink); overflow-wrap: anywhere;
          font: 0.9375rem/1.5 ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif }
        main { max-inline-size: 880px; margin: 0 auto; padding: 32px 16px }
        h1 { margin: 0 0 4px; font-size: 1.5rem; line-height: 1.25 }
        h2 { margin: 24px 0 8px; font-size: 1rem }
        p { margin: 0 0 16px }
        p, dt, time { color: var(--muted) }
        a { color: var(--accent) }
        ul { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 10px;
          background: var(--paper) }
        li { display: grid; grid-template-columns: 1fr auto; gap: 0 16px; padding: 12px 16px }
        li + li { border-block-start: 1px solid var(--line) }
        li span { color: var(--muted) }
        li span:nth-of-type(odd) { text-align: end }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 16px 0 }
        dd { margin: 0 }
        iframe { display: block; inline-size: 100%; block-size: 640px; border: 1px solid var(--line);
          border-radius: 10px; background: var(--wash) }
        pre { margin: 0; padding: 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--paper);
          white-space: pre-wrap; font: 0.875rem/1.5 ui-monospace, monospace }
        </style>
        </head>
        <body>
        <main>
        """;

    private const string Foot = "</main>\n</body>\n</html>\n";

    public static string List(IReadOnlyList<MailEntry> entries)
    {
        var rows = entries.Count == 0 ? "" : $"<ul>\n{string.Concat(entries.Select(Row))}</ul>\n";
        var note =
            entries.Count == 0
                ? "No mail yet. Buy a plan, or let a payment fail."
                : "What was mailed, and what was not any more.";
        return $"{Head}<h1>Mailbox</h1>\n<p>{note}</p>\n{rows}{Foot}";
    }

    public static string One(MailEntry entry)
    {
        var facts =
            Fact("To", entry.Message?.To)
            + Fact("About", $"{entry.Kind} of {entry.Account}, {entry.Occurrence}")
            + Fact("Due", Time(entry.DueAt))
            + Fact("State", State(entry))
            + Fact("Attempts", entry.Attempts.ToString(CultureInfo.InvariantCulture))
            + Fact("Provider's id", entry.ProviderId);
        var content = entry.Message is { } mail
            ? $"""
                <h2>HTML</h2>
                <iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"
                  src="{MailboxPages.Path}/{entry.MailId}/html"></iframe>
                <h2>Text</h2>
                <pre>{Encode(mail.Text)}</pre>

                """
            : "";
        return $"""
            {Head}<p><a href="{MailboxPages.Path}">Mailbox</a></p>
            <h1>{Encode(Subject(entry))}</h1>
            <dl>{facts}</dl>
            {content}{Foot}
            """;
    }

    /// <summary>The mail itself, with links that open beside the frame.</summary>
    public static string Framed(Mail mail) =>
        mail.Html.Replace("<head>", "<head>\n<base target=\"_blank\">", StringComparison.Ordinal);

    private static string Row(MailEntry entry) =>
        $"""
            <li><a href="{MailboxPages.Path}/{entry.MailId}">{Encode(Subject(entry))}</a><span>{Time(
                entry.DueAt
            )}</span>
            <span>{Encode(entry.Message?.To ?? entry.Account.Value)}</span><span>{Encode(State(entry))}</span></li>

            """;

    private static string Fact(string name, string? value) =>
        value is null ? "" : $"<dt>{name}</dt><dd>{Encode(value)}</dd>\n";

    private static string Subject(MailEntry entry) => entry.Message?.Subject ?? entry.Kind;

    private static string State(MailEntry entry) =>
        entry.Reason is { } reason ? $"{entry.State}: {reason}" : entry.State;

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
