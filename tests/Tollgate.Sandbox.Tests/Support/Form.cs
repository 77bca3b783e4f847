using System.Net;
using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Pages as a browser uses them: reads HTML, posts forms, does not follow redirects by itself.</summary>
internal static class Form
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A page's HTML; must be there.</summary>
    public static async Task<string> ReadAsync(TestSandbox sandbox, string path)
    {
        var answer = await sandbox.Http.GetAsync(path, Token);
        var html = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} for {path}: {html}");
        // Without style and script, so that only what is shown is read.
        return WebUtility.HtmlDecode(html[html.IndexOf("<body>", StringComparison.Ordinal)..]);
    }

    /// <summary>Posts a form; the answer is the page that the browser comes to in the end.</summary>
    public static async Task<(int Status, string Html)> PostAsync(
        TestSandbox sandbox,
        string path,
        params string[] form
    )
    {
        using var content = new StringContent(string.Join('&', form));
        var answer = await sandbox.Http.PostAsync(path, content, Token);
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)));
    }

    /// <summary>Sends a card form as its script does.</summary>
    public static async Task<(int Status, JsonElement Body)> CardAsync(
        TestSandbox sandbox,
        string path,
        string number,
        params string[] more
    )
    {
        string[] card = [$"number={number}", "expiry=12 / 34", "cvc=123", "name=Ada", .. more];
        var (status, text) = await PostAsync(sandbox, path, card);
        using var document = JsonDocument.Parse(text);
        return (status, document.RootElement.Clone());
    }
}
