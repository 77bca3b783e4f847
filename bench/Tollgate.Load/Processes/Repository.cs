namespace Tollgate.Load.Processes;

/// <summary>Where things lie in the checkout that the bench was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Hydra => Path.Combine(Root, "hosts", "Hydra");

    public static string Peers => Path.Combine(Root, "bench", "peers");

    public static string Results => Path.Combine(Root, "bench", "RESULTS.md");

    /// <summary>Built with the bench, in the same configuration.</summary>
    public static string Built(string project, string name)
    {
        var output = Path.GetRelativePath(Path.Combine(Root, "bench", "Tollgate.Load"), AppContext.BaseDirectory);
        return Path.Combine(Root, project, output, name);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tollgate.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The bench runs from its checkout alone.");
    }
}
