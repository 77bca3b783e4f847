using System.Text.RegularExpressions;

namespace Tollgate;

/// <summary>
/// The host's own id of whoever is billed: a tenant in Hydra, a user in ImportCSV. 1 to 64 characters of
/// <c>A-Z a-z 0-9 _ . : -</c>. It always comes from the authenticated principal, never from a request's body or route.
/// </summary>
public readonly partial record struct AccountId
{
    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public AccountId(string value)
    {
        if (!Form().IsMatch(value))
        {
            throw new ArgumentException("An account id has 1 to 64 characters of A-Z a-z 0-9 _ . : -", nameof(value));
        }

        Value = value;
    }

    public string Value { get; }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Za-z0-9_.:\-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
