using System.Text.RegularExpressions;

namespace Tollgate.Catalog;

/// <summary>Names that are kept at Stripe, in settings and in rows: snake case.</summary>
internal static partial class CatalogKey
{
    /// <summary>True for <c>team_monthly</c>.</summary>
    public static bool IsOne(string text) => Form().IsMatch(text);

    /// <summary>The name of a product as a key: <c>Some App</c> makes <c>some_app</c>.</summary>
    public static string Of(string product) => Other().Replace(product.ToLowerInvariant(), "_").Trim('_');

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Form();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Other();
}
