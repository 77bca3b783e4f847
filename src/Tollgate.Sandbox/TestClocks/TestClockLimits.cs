using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.TestClocks;

/// <summary>How much lives by one test clock, and how far it goes at a time.</summary>
internal static class TestClockLimits
{
    private const int CustomersPerClock = 3;
    private const int SubscriptionsPerCustomer = 3;

    public static IEnumerable<JsonObject> CustomersOf(Transaction tx, string clock) =>
        tx.With("customer", "test_clock", clock).Where(customer => !customer.Flag("deleted"));

    /// <exception cref="StripeException">There is no such clock, or it has its customers.</exception>
    public static void RequireRoomForCustomer(Transaction tx, string clock)
    {
        tx.Get(TestClock.Kind, clock, "test_clock");
        if (CustomersOf(tx, clock).Count() >= CustomersPerClock)
        {
            throw StripeException.Invalid(
                $"A test clock takes up to {CustomersPerClock} customers.",
                "test_clock",
                "test_clock_too_many_customers"
            );
        }
    }

    /// <exception cref="StripeException">The customer lives by a clock and has its subscriptions.</exception>
    public static void RequireRoomForSubscription(Transaction tx, JsonObject customer)
    {
        if (
            customer.TextOrNull("test_clock") is { } clock
            && LiveSubscriptions(tx, clock).Count(sub => sub.Text("customer") == customer.Id())
                >= SubscriptionsPerCustomer
        )
        {
            throw StripeException.Invalid(
                $"A customer on a test clock takes up to {SubscriptionsPerCustomer} subscriptions.",
                "customer"
            );
        }
    }

    /// <summary>Two intervals of the shortest subscription from now, or two years.</summary>
    public static long Farthest(Transaction tx, JsonObject clock)
    {
        var now = clock.Int("frozen_time");
        return LiveSubscriptions(tx, clock.Id())
            .SelectMany(sub => sub.Listed("items"))
            .Select(item => item.Child("price").Child("recurring"))
            .Select(per => After(now, per.Text("interval"), 2 * (int)per.Int("interval_count")))
            .DefaultIfEmpty(After(now, "year", 2))
            .Min();
    }

    private static long After(long now, string interval, int count) =>
        BillingCalendar.BoundaryAfter(now, interval, count, now);

    private static IEnumerable<JsonObject> LiveSubscriptions(Transaction tx, string clock) =>
        tx.With("subscription", "test_clock", clock)
            .Where(sub => sub.Text("status") is not ("canceled" or "incomplete_expired"));
}
