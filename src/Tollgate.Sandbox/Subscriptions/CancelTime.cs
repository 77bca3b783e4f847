using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Subscriptions;

/// <summary>
/// When a subscription is to end: with the period, or at a moment. Unused time of a moment within the period is
/// credited when it is set and billed again when it is taken back; a later period is billed up to the moment only.
/// </summary>
internal static class CancelTime
{
    private const string Name = "cancel_at";

    public static readonly Param Parameter = Param.Text(Name);

    /// <summary>Sets or takes back the end, as the request asks.</summary>
    public static void Apply(Transaction tx, JsonObject subscription, JsonObject input)
    {
        var end = SubscriptionDocument.PeriodEnd(subscription);
        if (input.FlagOrNull("cancel_at_period_end") is { } atEnd)
        {
            if (atEnd && input.TextOrNull(Name) is not null)
            {
                throw StripeException.Invalid("You may only specify one of cancel_at, cancel_at_period_end.", Name);
            }

            Set(tx, subscription, atEnd ? end : null, atEnd);
        }
        else if (input.ContainsKey(Name))
        {
            Set(tx, subscription, Read(tx, input.TextOrNull(Name), end), atPeriodEnd: false);
        }
    }

    /// <summary>The end that a new subscription is given by time; null for none.</summary>
    public static long? ForNew(Transaction tx, JsonObject input)
    {
        if (input.TextOrNull(Name) is not { } given)
        {
            return null;
        }

        if (input.Flag("cancel_at_period_end"))
        {
            throw StripeException.Invalid("You may only specify one of cancel_at, cancel_at_period_end.", Name);
        }

        return given is "min_period_end" or "max_period_end" or "max_billed_until"
            ? throw StripeException.Invalid($"Invalid timestamp: {given}", Name)
            : Read(tx, given, periodEnd: 0);
    }

    /// <summary>Whether it ends before the period that is paid, so that unused time was credited.</summary>
    public static bool IsWithinPeriod(JsonObject subscription) =>
        subscription.IntOrNull(Name) < SubscriptionDocument.PeriodEnd(subscription);

    /// <summary>The moment that cuts a period short; null when the period is whole.</summary>
    public static long? Within(JsonObject subscription, long start, long end) =>
        subscription.IntOrNull(Name) is { } at && at > start && at < end ? at : null;

    /// <summary>Credits what the end cuts off, and bills again what a former end had cut off.</summary>
    /// <returns>Whether anything was left for an invoice.</returns>
    public static bool Prorate(Transaction tx, JsonObject before, JsonObject after)
    {
        var (was, now) = (before.IntOrNull(Name), after.IntOrNull(Name));
        if (was == now || !(IsWithinPeriod(before) || IsWithinPeriod(after)))
        {
            return false;
        }

        var former = before.Listed("items").ToDictionary(item => item.Id(), StringComparer.Ordinal);
        foreach (var item in after.Listed("items"))
        {
            if (!former.TryGetValue(item.Id(), out var formerItem) || ProrateItems.IsDifferent(formerItem, item))
            {
                // A changed item is credited and billed up to these ends anyway.
                continue;
            }

            if (IsWithinPeriod(before))
            {
                ProrateItems.Tail(tx, after, item, was!.Value, isCredit: false);
            }

            if (IsWithinPeriod(after))
            {
                ProrateItems.Tail(tx, after, item, now!.Value, isCredit: true);
            }
        }

        return true;
    }

    /// <summary>Minor units of an item for the part of a period before the end.</summary>
    public static long AmountUntil(JsonObject item, long start, long end, long at)
    {
        var price = item.Child("price");
        var whole = EmbeddedPrice.UnitAmount(price) * item.Int("quantity");
        return Proration.Share(whole, start, end, start, at, CurrencyOptions.Currency(price));
    }

    private static void Set(Transaction tx, JsonObject subscription, long? cancelAt, bool atPeriodEnd)
    {
        subscription[Name] = cancelAt;
        subscription["cancel_at_period_end"] = atPeriodEnd;
        subscription["canceled_at"] = cancelAt is null ? null : tx.Now;
        subscription.Child("cancellation_details")["reason"] = cancelAt is null ? null : "cancellation_requested";
    }

    /// <summary>A timestamp, or a name for the end of this period; null undoes.</summary>
    private static long? Read(Transaction tx, string? given, long periodEnd)
    {
        if (given is null)
        {
            return null;
        }

        if (given is "min_period_end" or "max_period_end" or "max_billed_until")
        {
            return periodEnd;
        }

        if (!long.TryParse(given, CultureInfo.InvariantCulture, out var at) || at > 99_999_999_999)
        {
            throw StripeException.Invalid($"Invalid timestamp: {given}", Name);
        }

        return at > tx.Now ? at : throw StripeException.Invalid("`cancel_at` must be in the future.", Name);
    }
}
