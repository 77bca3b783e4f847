using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>
/// A page that goes on to the seller: a form's answer may not lead to another site (the page's own policy).
/// </summary>
internal static class SendOn
{
    public static string Html(string title, string url, string nonce) =>
        PageLayout.Html(
            title,
            $"""
            <meta http-equiv="refresh" content="0; url={Encode(url)}">
            <main class="closed">{Mark}<section class="card stack"><h1>{Encode(title)}</h1>
              <p><a class="btn" href="{Encode(url)}">Return to the seller</a></p></section></main>
            """,
            nonce
        );
}
