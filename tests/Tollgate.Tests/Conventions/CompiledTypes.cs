using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// The types below a root namespace and which of them use which, as they were compiled: by name, by inference, in
/// lambdas and async methods. A constant is compiled in and not seen.
/// </summary>
internal sealed class CompiledTypes
{
    private readonly string root;
    private readonly ILookup<string, string> uses;

    private CompiledTypes(Architecture architecture, string root)
    {
        this.root = root;
        uses = (
            from type in architecture.Types
            where IsBelowRoot(type)
            from target in type.GetTypeDependencies()
            where IsBelowRoot(target)
            let pair = (From: Outermost(type), To: Outermost(target))
            where pair.From != pair.To
            select pair
        )
            .Distinct()
            .ToLookup(pair => pair.From, pair => pair.To);
    }

    /// <summary>All that uses another type, each by its name below the root: <c>Catalog.Plan</c>.</summary>
    public IEnumerable<string> Types => uses.Select(type => type.Key).Order(StringComparer.Ordinal);

    public IEnumerable<string> UsedBy(string type) => uses[type].Order(StringComparer.Ordinal);

    /// <param name="root">The assembly's own, as <c>Tollgate</c>.</param>
    public static CompiledTypes Of(Assembly assembly, string root) =>
        new(new ArchLoader().LoadAssembly(assembly).Build(), root);

    public static CompiledTypes OfFolder(string folder, string root) =>
        new(new ArchLoader().LoadFilteredDirectory(folder, "*.dll").Build(), root);

    /// <summary>The folder a type stands in; empty for the root.</summary>
    public static string FolderOf(string type)
    {
        var end = type.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? "" : type[..end];
    }

    private bool IsBelowRoot(IType type) =>
        type is not GenericParameter
        && type.Namespace is { FullName: var space }
        && (space == root || space.StartsWith(root + ".", StringComparison.Ordinal));

    // a nested type, a closure and a state machine belong to the type that is written down
    private string Outermost(IType type) => type.FullName[(root.Length + 1)..].Split('+', '/', '`', '<')[0];
}
