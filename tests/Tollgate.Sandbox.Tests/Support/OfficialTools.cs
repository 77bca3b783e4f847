using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>
/// Stripe's own command line and Node SDK, in the versions of <c>node/package-lock.json</c>. The first test that wants
/// them installs them; an installation of the same lock file is used again.
/// </summary>
internal static class OfficialTools
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>The folder with package.json, the scripts and node_modules.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>The path of the CLI's executable.</summary>
    public static async Task<string> StripeCliAsync(CancellationToken cancellationToken)
    {
        await Installed.Value.WaitAsync(cancellationToken);
        var system =
            OperatingSystem.IsWindows() ? "win32"
            : OperatingSystem.IsMacOS() ? "darwin"
            : "linux";
        var package = $"cli-{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        var file = OperatingSystem.IsWindows() ? "stripe.exe" : "stripe";
        var path = Path.Combine(Folder, "node_modules", "@stripe", package, "bin", file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"Stripe has no @stripe/{package}");
    }

    /// <summary>The folder in which <c>node</c> finds the SDK.</summary>
    public static async Task<string> NodeFolderAsync(CancellationToken cancellationToken)
    {
        await Installed.Value.WaitAsync(cancellationToken);
        return Folder;
    }

    private static async Task InstallAsync()
    {
        var wanted = Convert.ToHexString(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json")))
        );
        var stamp = Path.Combine(Folder, "node_modules", ".installed-lock");
        // Other test processes of this checkout wait here.
        var place = Directory.CreateDirectory(Path.Combine(Folder, "..", "obj"));
        await using var mine = await LockAsync(Path.Combine(place.FullName, "npm-ci.lock"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        // The executable is in a package per platform; the install script only looks for it.
        var ended = await NpmAsync("ci", "--ignore-scripts", "--loglevel=error");
        if (ended.Code != 0)
        {
            var why = $"{ended.Error}\n{ended.Output}".Trim().Split('\n')[0];
            throw new InvalidOperationException($"npm ci failed in {Folder}: {why}");
        }

        await File.WriteAllTextAsync(stamp, wanted);
    }

    private static async Task<Ended> NpmAsync(params string[] arguments)
    {
        try
        {
            return await Command.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments, Folder);
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException(
                "npm is missing: the tests with Stripe's CLI and SDK want Node 20 or later",
                error
            );
        }
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process installs; it takes seconds.
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            // from wherever in tests/ the process was built
            var node = Path.Combine(folder.FullName, "Tollgate.Sandbox.Tests", "node");
            if (File.Exists(Path.Combine(node, "package-lock.json")))
            {
                return node;
            }
        }

        throw new InvalidOperationException(
            "Tollgate.Sandbox.Tests/node/package-lock.json is beside no folder above the tests"
        );
    }
}
