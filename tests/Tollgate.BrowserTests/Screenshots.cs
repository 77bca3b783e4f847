using Microsoft.Playwright;
using Tollgate.Development;

namespace Tollgate.BrowserTests;

/// <summary>Pictures that tests keep in <c>artifacts/screenshots</c> of the checkout, replaced at each run.</summary>
internal static class Screenshots
{
    private static string Folder =>
        Path.Combine(StateDirectory.CheckoutRoot(AppContext.BaseDirectory), "artifacts", "screenshots");

    /// <param name="name">A file name without extension, such as <c>checkout-2-paid</c>.</param>
    /// <returns>The picture's path.</returns>
    public static async Task<string> KeepAsync(IPage page, string name)
    {
        var path = Path.Combine(Folder, name + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        return path;
    }
}
