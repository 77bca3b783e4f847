namespace Tollgate.Accounts;

/// <summary>Who is billed, as people and Stripe read it.</summary>
internal static class BillingContact
{
    private const int LongestName = 200;

    /// <summary>A name as it can be kept: one line of the length that Stripe takes.</summary>
    public static string Shorten(string name)
    {
        var line = string.Join(' ', name.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        if (line.Length <= LongestName)
        {
            return line;
        }

        // not through the middle of a character
        return line[..(char.IsHighSurrogate(line[LongestName - 1]) ? LongestName - 1 : LongestName)];
    }

    /// <exception cref="ArgumentException">The name or the address is not of the form that can be sent.</exception>
    public static void Require(string name, string billingEmail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > LongestName || name.AsSpan().IndexOfAny('\r', '\n') >= 0 || !EmailAddress.IsOne(billingEmail))
        {
            throw new ArgumentException(
                "A name has at most 200 characters and no line breaks; a billing e-mail is one address.",
                nameof(name)
            );
        }
    }
}
