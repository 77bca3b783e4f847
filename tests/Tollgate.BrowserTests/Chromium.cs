using Tollgate.Testing;

namespace Tollgate.BrowserTests;

/// <summary>The machine's own Chromium; Playwright brings only its driver.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/snap/bin/chromium",
    ];

    private static readonly Lazy<Task<string>> Found = new(FindAsync);

    /// <summary>The executable: found, or on Debian as root installed, once per process.</summary>
    /// <exception cref="InvalidOperationException">One line that says what is missing.</exception>
    public static Task<string> FindOrInstall() => Found.Value;

    private static async Task<string> FindAsync()
    {
        if (Installed() is { } found)
            return found;
        await DebianPackage.InstallAsync("chromium");
        return Installed()
            ?? throw new InvalidOperationException("apt-get installed chromium, but not in a place known here");
    }

    private static string? Installed() => Array.Find(Places, File.Exists);
}
