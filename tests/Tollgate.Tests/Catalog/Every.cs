using System.Text.Json;
using Tollgate.Catalog;

namespace Tollgate.Tests.Catalog;

/// <summary>All that a catalog says, to be compared: lists and dictionaries have no equality of their own.</summary>
internal static class Every
{
    private static readonly JsonSerializerOptions Whole = new() { IncludeFields = true, WriteIndented = true };

    public static string MemberOf(PlanCatalog catalog) => JsonSerializer.Serialize(catalog, Whole);
}
