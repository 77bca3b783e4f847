using System.Net;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>The API's document as pages, which only Development has.</summary>
public sealed class ApiReferencePageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_show_the_hosts_document_to_everybody_and_ask_for_nothing_elsewhere()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var anybody = hydra.Anonymous();

        using var page = await anybody.GetAsync("/docs/api", Token);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'self'",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }
}
