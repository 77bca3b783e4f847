using System.Runtime.Versioning;

namespace Tollgate.Development.Postgres;

/// <summary>
/// The operating system's user that the server runs as: ourselves, or for root (which PostgreSQL refuses)
/// <c>postgres</c>, else <c>nobody</c>.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ServerAccount
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["LC_ALL"] = "C",
        ["TZ"] = "UTC",
        ["HOME"] = "/",
    };

    private readonly string[] prefix;

    private ServerAccount(string name, bool isOurs, string[] prefix)
    {
        Name = name;
        IsOurs = isOurs;
        this.prefix = prefix;
    }

    public string Name { get; }

    /// <summary>No change of user: every folder that we make is the server's too.</summary>
    public bool IsOurs { get; }

    /// <param name="data">A cluster that is there runs as the user who made it.</param>
    public static async Task<ServerAccount> FindAsync(string? data, CancellationToken ct)
    {
        if (!System.Environment.IsPrivilegedProcess)
            return new ServerAccount(System.Environment.UserName, isOurs: true, []);

        var users = await File.ReadAllLinesAsync("/etc/passwd", ct);
        string[] names = await OwnerOfAsync(data, ct) is { } owner ? [owner] : ["postgres", "nobody"];
        foreach (var name in names)
        {
            var user = users.Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name);
            if (user is not [_, _, _, var group, ..])
                continue;
            string[][] ways =
            [
                ["setpriv", $"--reuid={name}", $"--regid={group}", "--clear-groups", "--no-new-privs", "--"],
                ["runuser", "-u", name, "--"],
            ];
            foreach (var way in ways)
            {
                var account = new ServerAccount(name, isOurs: false, way);
                if ((await account.RunAsync("true", [], ct)).Succeeded)
                    return account;
            }
        }
        throw new DevelopmentException(
            "PostgreSQL does not run as root, and neither setpriv nor runuser can run it as "
                + $"{string.Join(" or ", names)}: start as a plain user or set ConnectionStrings__Tollgate"
        );
    }

    /// <summary>Runs a program as this user with an environment that holds nothing of ours.</summary>
    public Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        string[] command = [.. prefix, program, .. arguments];
        return Command.RunAsync(command[0], command.Skip(1), Environment, ct);
    }

    /// <summary>Every folder above and the path itself let this user through.</summary>
    public async Task<bool> CanReachAsync(string path, CancellationToken ct) =>
        (await RunAsync("test", ["-x", path], ct)).Succeeded;

    /// <summary>Makes a folder that this user alone can enter.</summary>
    public async Task MakePrivateDirectoryAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await GiveAsync(path, ct);
    }

    /// <summary>Writes a file that this user alone (and root) can read.</summary>
    public async Task WritePrivateFileAsync(string path, string content, CancellationToken ct)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(path, options))
            await writer.WriteAsync(content.AsMemory(), ct);
        await GiveAsync(path, ct);
    }

    private static async Task<string?> OwnerOfAsync(string? path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
            return null;
        var owner = await Command.RunAsync("stat", ["-c", "%U", path], onlyEnvironment: null, ct);
        return owner.Succeeded ? owner.Output.Trim() : null;
    }

    private async Task GiveAsync(string path, CancellationToken ct)
    {
        if (IsOurs)
            return;
        var given = await Command.RunAsync("chown", [$"{Name}:", path], onlyEnvironment: null, ct);
        if (!given.Succeeded)
            throw new DevelopmentException($"'{path}' cannot be given to the user '{Name}': {given.LastLine}");
    }
}
