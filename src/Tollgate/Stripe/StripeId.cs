using System.Text.RegularExpressions;

namespace Tollgate.Stripe;

/// <summary>
/// Ids of Stripe's objects as they may stand in a path: anything else could lead the call to another object.
/// </summary>
internal static partial class StripeId
{
    /// <exception cref="ArgumentException">Not 1 to 255 characters of <c>A-Z a-z 0-9 _</c>.</exception>
    public static string Checked(string id) =>
        Form().IsMatch(id)
            ? id
            : throw new ArgumentException("An id of Stripe's has 1 to 255 characters of A-Z a-z 0-9 _.", nameof(id));

    public static bool IsOne(string? id) => id is not null && Form().IsMatch(id);

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,255}\z", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Form();
}
