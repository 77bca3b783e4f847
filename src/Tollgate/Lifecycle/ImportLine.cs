using Tollgate.Stripe;

namespace Tollgate.Lifecycle;

/// <summary>One line of an import: <c>account,cus_...[,sub_...]</c>.</summary>
internal sealed record ImportLine(int Number, AccountId Account, string Customer, string? Subscription)
{
    /// <summary>Empty lines and those that begin with <c>#</c> say nothing.</summary>
    public static bool HasContent(string text) => text.Trim() is { Length: > 0 } said && said[0] != '#';

    /// <summary>Null when it is not of that form.</summary>
    public static ImportLine? Read(int number, string text)
    {
        var fields = text.Split(',', StringSplitOptions.TrimEntries);
        if (fields is not [var tenant, var customer, .. { Length: <= 1 } rest] || !AccountId.IsOne(tenant))
        {
            return null;
        }

        var subscription = rest is [{ Length: > 0 } named] ? named : null;
        return IsId(customer, "cus_") && (subscription is null || IsId(subscription, "sub_"))
            ? new ImportLine(number, new AccountId(tenant), customer, subscription)
            : null;
    }

    private static bool IsId(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && StripeId.IsOne(text);
}

/// <summary>What became of a line.</summary>
/// <param name="Outcome"><c>imported</c>, <c>known</c> (as it was before), <c>would_import</c> or
/// <c>refused</c>.</param>
/// <param name="Detail">Why it was refused.</param>
internal sealed record ImportedLine(int Number, string Text, string Outcome, string? Detail);
