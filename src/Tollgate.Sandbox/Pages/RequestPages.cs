using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>
/// <c>/requests</c>: the API requests that came last, each with what it sent and got. Secrets are masked.
/// </summary>
internal sealed class RequestPages(RequestLog log)
{
    private const int Shown = 200;

    public Task ListAsync(HttpContext context)
    {
        var nonce = Answers.NewNonce();
        var html = PageLayout.Html(
            "Requests",
            $"""
            <main class="board">
              <header class="stack">{Mark}<a class="back" href="/">Dashboard</a><h1>Requests</h1>
                <p class="fine">The last {Shown}, newest first. <code>stripe logs tail</code> follows them.</p></header>
              {DashboardPage.Table(
                "API requests",
                ["Request", "Status", "Idempotency key", "At", "Took"],
                log.NewestFirst.Take(Shown).Select(Row),
                "None yet."
            )}
            </main>
            """,
            nonce
        );
        return Answers.HtmlAsync(context, 200, html, nonce);
    }

    public Task ShowAsync(HttpContext context, string id)
    {
        if (log.Find(id) is not { } entry)
        {
            return Answers.JsonAsync(context, StripeException.NoSuch("request", id, parameter: null));
        }

        var nonce = Answers.NewNonce();
        var line = $"{entry.Method} {entry.Target}";
        var html = PageLayout.Html(
            line,
            $"""
            <main class="board">
              <header class="stack">{Mark}<a class="back" href="/requests">Requests</a>
                <h1 class="wrap">{Encode(line)}</h1>
                <p class="fine num">{StatusTag(entry)} {DashboardPage.Time(entry.At.ToUnixTimeSeconds())} UTC ·
                  {entry.DurationMs} ms · <code>{entry.Id}</code>{Key(entry)}</p></header>
              {Body("Query", entry.Query)}{Body("Sent", Readable(entry.RequestText))}
              {Body("Answered", entry.AnswerText)}
            </main>
            """,
            nonce
        );
        return Answers.HtmlAsync(context, 200, html, nonce);
    }

    private static string Row(LoggedRequest entry) =>
        DashboardPage.Row(
            $"<a href=\"/requests/{entry.Id}\">{Encode($"{entry.Method} {entry.Target}")}</a>",
            StatusTag(entry),
            Encode(entry.IdempotencyKey),
            DashboardPage.Time(entry.At.ToUnixTimeSeconds()),
            $"{entry.DurationMs} ms"
        );

    private static string StatusTag(LoggedRequest entry)
    {
        var tone = entry.Status switch
        {
            null or >= 500 => "bad",
            >= 400 => "warn",
            _ => "good",
        };
        var text = entry.Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        return $"<span class=\"tag {tone}\">{text}</span>";
    }

    private static string Key(LoggedRequest entry) =>
        entry.IdempotencyKey is { } key ? $" · key <code>{Encode(key)}</code>" : "";

    /// <summary>A form as one pair to a line.</summary>
    private static string Readable(string form) => Uri.UnescapeDataString(form.Replace('+', ' ').Replace('&', '\n'));

    private static string Body(string title, string text) =>
        text.Length == 0
            ? ""
            : $"""
                <section class="card stack"><h2>{title}</h2>
                  <pre tabindex="0" role="group" aria-label="{title}">{Encode(
                    LoggedRequest.Masked(text)
                )}</pre></section>
                """;
}
