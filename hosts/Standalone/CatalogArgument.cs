using Tollgate;
using Tollgate.Settings;

namespace Standalone;

/// <summary>
/// <c>--catalog plans.json</c>, before or after a command, or the setting <c>Standalone:Catalog</c>: the file that says
/// what is sold. A relative path starts at the current folder; a file that is not there is looked for beside the
/// program.
/// </summary>
internal static class CatalogArgument
{
    private const string Name = "--catalog";

    public static readonly Setting Setting = new(
        "Standalone:Catalog",
        "plans.json",
        "the file that says what is sold, where --catalog does not"
    );

    /// <summary>The path that the arguments give, and the arguments without it.</summary>
    public static (string? Path, string[] Words) Take(string[] args)
    {
        for (var place = 0; place < args.Length; place++)
        {
            if (args[place] == Name && place + 1 < args.Length)
            {
                return (args[place + 1], [.. args[..place], .. args[(place + 2)..]]);
            }

            if (args[place].StartsWith($"{Name}=", StringComparison.Ordinal))
            {
                return (args[place][(Name.Length + 1)..], [.. args[..place], .. args[(place + 1)..]]);
            }
        }

        return (null, args);
    }

    /// <summary>
    /// The file for a call that only asks for help, which wants no catalog: the example beside the program.
    /// </summary>
    public static string? ForHelp(string[] words) =>
        words.Any(word => word is "--help" or "-h" or "-?") ? "plans.json" : null;

    /// <summary>Where the file lies.</summary>
    /// <exception cref="StartupException">Nothing says which file it is.</exception>
    /// <param name="program">The program's own folder.</param>
    public static string Find(string? given, IConfiguration configuration, string program)
    {
        var path =
            given
            ?? Setting.Read(configuration)
            ?? throw new StartupException(
                $"Nothing says what is sold: start with {Name} plans.json, or set {Setting.Name}. The file's form is "
                    + "in docs/reference/catalog.md."
            );
        var beside = Path.Combine(program, path);
        return !File.Exists(path) && File.Exists(beside) ? beside : path;
    }
}
