using System.Diagnostics;

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
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            throw new InvalidOperationException("Chromium is missing: run 'apt-get install chromium' as root");

        await AptGetAsync("update", "-q");
        await AptGetAsync("install", "-q", "-y", "--no-install-recommends", "chromium");
        return Installed()
            ?? throw new InvalidOperationException("apt-get installed chromium, but not in a place known here");
    }

    private static string? Installed() => Array.Find(Places, File.Exists);

    private static async Task AptGetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"Chromium is missing and apt-get {arguments[0]} failed: {(await errors).Trim().Split('\n')[^1]}"
            );
    }
}
