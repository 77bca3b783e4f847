using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Subscriptions;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary>A price that the customer may choose, and how many of it; equal limits are a fixed quantity.</summary>
internal sealed record PortalOption(JsonObject Price, long Minimum, long Maximum);

/// <summary>What the customer chose, at a moment that the preview and the change share.</summary>
internal sealed record PortalChoice(string Price, long Quantity, long At);

/// <summary>Changes of plan and quantity on the portal, as the configuration allows.</summary>
internal static class PortalChange
{
    private const long MaxQuantity = 999_999;

    /// <summary>The prices to choose from, the present one first; empty when nothing can be changed.</summary>
    public static IReadOnlyList<PortalOption> Options(Transaction tx, PortalVisit visit, JsonObject subscription)
    {
        var update = visit.Features.Child("subscription_update");
        var items = subscription.Listed("items").ToList();
        if (
            !update.Flag("enabled")
            || items.Count != 1
            || subscription.Text("status") is not ("active" or "trialing" or "past_due")
            || PortalSchedule.IsManaged(tx, subscription)
        )
        {
            return [];
        }

        var allowed = update.Texts("default_allowed_updates").ToList();
        var (current, quantity) = (items[0].Child("price"), items[0].Int("quantity"));
        var options = update
            .Each("products")
            .SelectMany(product => product.Texts("prices"), (product, id) => (Product: product, Price: id))
            .Where(listed => listed.Price == current.Id() || allowed.Contains("price", StringComparer.Ordinal))
            .Select(listed =>
                (
                    listed.Product,
                    Price: CurrencyOptions.In(tx.Get("price", listed.Price), CurrencyOptions.Currency(current))
                )
            )
            .Where(listed =>
                listed.Price.Id() == current.Id()
                || (
                    listed.Price.Flag("active")
                    && CurrencyOptions.Currency(listed.Price) == CurrencyOptions.Currency(current)
                )
            )
            .Select(listed =>
                allowed.Contains("quantity", StringComparer.Ordinal)
                    ? WithLimits(listed.Price, listed.Product.Child("adjustable_quantity"))
                    : new PortalOption(listed.Price, quantity, quantity)
            )
            .OrderByDescending(option => option.Price.Id() == current.Id())
            .ToList();
        var isFixed = options.TrueForAll(option =>
            option.Price.Id() == current.Id() && option.Minimum == option.Maximum
        );
        return isFixed ? [] : options;
    }

    /// <summary>The invoice that the change would bring: at once, or at the end of the period.</summary>
    public static JsonObject Preview(Transaction tx, PortalVisit visit, JsonObject subscription, PortalChoice choice) =>
        tx.Undone(scratch =>
        {
            var settled = PortalSchedule.Settled(scratch, subscription);
            var input = Input(scratch, visit, settled, choice);
            return PreviewInvoice.Of(scratch, scratch.Get("subscription", settled.Id()), input);
        });

    /// <exception cref="StripeException">The choice is not offered, or (402) the card refused: nothing
    /// changed.</exception>
    public static void Run(Transaction tx, PortalVisit visit, JsonObject subscription, PortalChoice choice)
    {
        var settled = PortalSchedule.Settled(tx, subscription);
        if (Input(tx, visit, settled, choice) is { } input)
        {
            ChangeSubscription.Run(tx, settled, input);
        }
    }

    /// <summary>The option that a choice takes.</summary>
    /// <param name="path">The parameter that holds price and quantity, for refusals; null on the page itself.</param>
    /// <exception cref="StripeException">The choice is not offered.</exception>
    public static PortalOption Require(
        Transaction tx,
        PortalVisit visit,
        JsonObject subscription,
        PortalChoice choice,
        string? path = null
    )
    {
        string Named(string name) => path is null ? name : $"{path}[{name}]";
        var option =
            Options(tx, visit, subscription).FirstOrDefault(candidate => candidate.Price.Id() == choice.Price)
            ?? throw StripeException.Invalid("This plan is not offered here.", Named("price"));
        return choice.Quantity >= option.Minimum && choice.Quantity <= option.Maximum
            ? option
            : throw StripeException.Invalid($"Choose from {option.Minimum} to {option.Maximum}.", Named("quantity"));
    }

    /// <summary>The change to make now; null when it was planned for the end of the period instead.</summary>
    private static JsonObject? Input(Transaction tx, PortalVisit visit, JsonObject subscription, PortalChoice choice)
    {
        var option = Require(tx, visit, subscription, choice);
        var item = subscription.Listed("items").Single();
        var update = visit.Features.Child("subscription_update");
        if (IsForLater(update, item, option.Price, choice.Quantity))
        {
            PortalSchedule.Plan(tx, subscription, option.Price, choice.Quantity);
            return null;
        }

        return new JsonObject
        {
            ["items"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = item.Id(),
                    ["price"] = choice.Price,
                    ["quantity"] = choice.Quantity,
                }
            ),
            ["payment_behavior"] = "error_if_incomplete",
            ["proration_behavior"] = update.Text("proration_behavior"),
            ["proration_date"] = choice.At,
        };
    }

    private static PortalOption WithLimits(JsonObject price, JsonObject limits) =>
        limits.Flag("enabled")
            ? new PortalOption(
                price,
                Math.Max(1, limits.IntOrNull("minimum") ?? 1),
                limits.IntOrNull("maximum") ?? MaxQuantity
            )
            : new PortalOption(price, 1, MaxQuantity);

    /// <summary>Whether the configuration wants this change scheduled instead of made.</summary>
    private static bool IsForLater(JsonObject update, JsonObject item, JsonObject price, long quantity)
    {
        var conditions = update.Child("schedule_at_period_end").Each("conditions").Select(one => one.Text("type"));
        var was = item.Child("price");
        return conditions.Any(condition =>
            condition switch
            {
                "decreasing_item_amount" => EmbeddedPrice.UnitAmount(price) * quantity
                    < EmbeddedPrice.UnitAmount(was) * item.Int("quantity"),
                _ => Days(price) < Days(was),
            }
        );
    }

    private static long Days(JsonObject price)
    {
        var recurring = price.Child("recurring");
        var days = recurring.Text("interval") switch
        {
            "day" => 1,
            "week" => 7,
            "month" => 30,
            _ => 365,
        };
        return days * recurring.Int("interval_count");
    }
}
