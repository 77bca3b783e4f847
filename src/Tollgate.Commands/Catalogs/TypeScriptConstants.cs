using System.Text;

namespace Tollgate.Commands.Catalogs;

/// <summary>
/// A catalog's ids as objects of TypeScript, and the union of each kind: <c>features.jiraIntegration</c>,
/// <c>FeatureId</c>. Pure.
/// </summary>
internal static class TypeScriptConstants
{
    /// <summary>How each file of it begins, by which it is known to be no other.</summary>
    public const string FirstLine =
        "// Written by the command \"catalog types\". Change the catalog, and type it again.";

    public static string Write(CatalogConstants catalog)
    {
        var text = new StringBuilder(FirstLine + "\n");
        foreach (var group in catalog.Groups)
        {
            text.Append($"\n/** The {group.Several} of {Escaped(catalog.Product)}. */\n");
            text.Append($"export const {group.Several} = {{\n");
            foreach (var one in group.All)
            {
                text.Append($"  /** {Escaped(one.Line)}. */\n  {one.Camel}: '{one.Id}',\n");
            }

            text.Append($"}} as const;\n\n/** {group.Says}. */\n");
            text.Append($"export type {group.Type} = (typeof {group.Several})[keyof typeof {group.Several}];\n");
        }

        return text.ToString();
    }

    private static string Escaped(string text) => text.Replace("*/", "* /", StringComparison.Ordinal);
}
