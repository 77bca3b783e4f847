using System.Text;

namespace Tollgate.HydraTesting;

/// <summary>A folder for <c>TOLLGATE_DATA</c> that PostgreSQL's own user can reach; deleted at the end.</summary>
public sealed class StateFolder : IDisposable
{
    private const UnixFileMode OpenToAll =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tollgate-state");

    public StateFolder()
    {
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = OpenToAll;
    }

    public string Path => folder.FullName;

    /// <summary>Command lines of the processes that serve a cluster in this folder.</summary>
    public IReadOnlyList<string> Servers() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Where(process => int.TryParse(System.IO.Path.GetFileName(process), out _))
                .Select(CommandLine)
                .Where(line => line.Contains("postgres", StringComparison.Ordinal))
                .Where(line => line.Contains(Path, StringComparison.Ordinal)),
        ];

    public void Dispose() => folder.Delete(recursive: true);

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(process, "cmdline"), Encoding.UTF8).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return string.Empty; // it has just ended
        }
    }
}
