using System.Diagnostics;

namespace Tollgate.Tests.Conventions;

/// <summary>The checkout's own files, without what is ignored.</summary>
internal static class SourceTree
{
    private static readonly Lazy<SourceFile[]> Read = new(ReadAll);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files => Read.Value;

    /// <summary>Fails with a line for each fault that the check finds in the files asked for.</summary>
    public static void Holds(Func<SourceFile, IEnumerable<string>> check, Func<SourceFile, bool> files)
    {
        var asked = Files.Where(files).ToArray();
        Assert.NotEmpty(asked);
        var faults = asked.AsParallel().AsOrdered().SelectMany(check).ToArray();
        Assert.True(faults.Length == 0, $"{faults.Length} faults:\n{string.Join('\n', faults)}");
    }

    private static SourceFile[] ReadAll() =>
        [
            .. ListPaths()
                .AsParallel()
                .AsOrdered()
                .Select(path => (path, full: Path.Combine(Root, path)))
                // listed by git, but deleted in this checkout
                .Where(file => File.Exists(file.full))
                .Select(file => (file.path, bytes: File.ReadAllBytes(file.full)))
                .Where(file => !file.bytes.Contains((byte)0))
                .Select(file => new SourceFile(file.path, System.Text.Encoding.UTF8.GetString(file.bytes))),
        ];

    // tracked, and new ones that are not ignored: a fault is found before it is committed
    private static string[] ListPaths()
    {
        string[] list =
        [
            "-c",
            "safe.directory=*",
            "-C",
            Root,
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ];
        var start = new ProcessStartInfo("git", list) { RedirectStandardOutput = true, UseShellExecute = false };
        // set by git around hooks; they would name another checkout
        foreach (
            var name in start.Environment.Keys.Where(n => n.StartsWith("GIT_", StringComparison.Ordinal)).ToArray()
        )
            start.Environment.Remove(name);
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Tollgate.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"no Tollgate.slnx at or above {AppContext.BaseDirectory}");
    }
}
