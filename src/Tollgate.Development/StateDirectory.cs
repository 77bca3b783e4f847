namespace Tollgate.Development;

/// <summary>Where a checkout keeps its local state: database, Sandbox journal, binaries.</summary>
public static class StateDirectory
{
    /// <summary>
    /// <c>TOLLGATE_DATA</c> if set, else <c>.tollgate</c> in the <see cref="CheckoutRoot"/> of
    /// <paramref name="start"/>. An absolute path; the folder need not exist.
    /// </summary>
    public static string Find(string start) => Find(start, Environment.GetEnvironmentVariable("TOLLGATE_DATA"));

    /// <summary>
    /// The nearest folder at or above <paramref name="start"/> that holds <c>Tollgate.slnx</c> or <c>.git</c>, else
    /// <paramref name="start"/> itself.
    /// </summary>
    public static string CheckoutRoot(string start)
    {
        var full = Path.GetFullPath(start);
        for (var folder = new DirectoryInfo(full); folder is not null; folder = folder.Parent)
            if (IsCheckoutRoot(folder.FullName))
                return folder.FullName;
        return full;
    }

    internal static string Find(string start, string? configured) =>
        string.IsNullOrWhiteSpace(configured)
            ? Path.Combine(CheckoutRoot(start), ".tollgate")
            : Path.GetFullPath(configured);

    // a worktree's .git is a file
    private static bool IsCheckoutRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Tollgate.slnx")) || Path.Exists(Path.Combine(folder, ".git"));
}
