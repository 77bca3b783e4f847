namespace Tollgate.Development;

/// <summary>Where a checkout keeps its local state: database, Sandbox journal, binaries.</summary>
public static class StateDirectory
{
    private const string Usual = ".tollgate";

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

    /// <summary>
    /// Makes the folder, and keeps it out of everybody's commits. One that somebody else made is left as it is.
    /// </summary>
    public static void Make(string state)
    {
        var isOurs = Path.GetFileName(state) == Usual || !Directory.Exists(state);
        Directory.CreateDirectory(state);
        var ignore = Path.Combine(state, ".gitignore");
        if (isOurs && !File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }
    }

    internal static string Find(string start, string? configured) =>
        string.IsNullOrWhiteSpace(configured) ? Path.Combine(CheckoutRoot(start), Usual) : Path.GetFullPath(configured);

    // a worktree's .git is a file
    private static bool IsCheckoutRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Tollgate.slnx")) || Path.Exists(Path.Combine(folder, ".git"));
}
