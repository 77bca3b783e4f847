namespace Tollgate.Development;

/// <summary>Where a checkout keeps its local state: database, Sandbox journal, binaries.</summary>
public static class StateDirectory
{
    /// <summary>
    /// <c>TOLLGATE_DATA</c> if set, else <c>.tollgate</c> in the nearest folder at or above
    /// <paramref name="start"/> that holds <c>Tollgate.slnx</c> or <c>.git</c>, else <c>.tollgate</c> in
    /// <paramref name="start"/> itself. An absolute path; the folder need not exist.
    /// </summary>
    public static string Find(string start) => Find(start, Environment.GetEnvironmentVariable("TOLLGATE_DATA"));

    internal static string Find(string start, string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
            return Path.GetFullPath(configured);

        var full = Path.GetFullPath(start);
        for (var folder = new DirectoryInfo(full); folder is not null; folder = folder.Parent)
            if (IsCheckoutRoot(folder.FullName))
                return Path.Combine(folder.FullName, ".tollgate");
        return Path.Combine(full, ".tollgate");
    }

    // a worktree's .git is a file
    private static bool IsCheckoutRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Tollgate.slnx")) || Path.Exists(Path.Combine(folder, ".git"));
}
