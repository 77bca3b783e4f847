using System.Diagnostics;

namespace Tollgate.Testing;

/// <summary>A program that a test wants and the machine lacks.</summary>
public static class DebianPackage
{
    /// <summary>Installs it, on Debian as root.</summary>
    /// <exception cref="InvalidOperationException">One line that says what is missing.</exception>
    public static async Task InstallAsync(string name)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            throw new InvalidOperationException($"{name} is missing: run 'apt-get install {name}' as root");

        await AptGetAsync(name, "update", "-q");
        await AptGetAsync(name, "install", "-q", "-y", "--no-install-recommends", name);
    }

    private static async Task AptGetAsync(string package, params string[] arguments)
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
                $"{package} is missing and apt-get {arguments[0]} failed: {(await errors).Trim().Split('\n')[^1]}"
            );
    }
}
