namespace Tollgate.Accounts;

/// <summary>Who is billed, as people and Stripe read it.</summary>
internal static class BillingContact
{
    private const int LongestName = 200;

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
