using System.Text.Json.Nodes;
using Tollgate.Sandbox.Customers;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.TestClocks;

/// <summary><c>/v1/test_helpers/test_clocks</c>.</summary>
internal static class TestClockRoutes
{
    private const string Kind = TestClock.Kind;
    private const string Collection = "/v1/test_helpers/test_clocks";
    private const long KeptSeconds = 30 * 24 * 3600;
    private static readonly Param FrozenTime = Param.Int("frozen_time", min: 0).Required();

    public static readonly Route[] All =
    [
        Route.Post(Collection, Create, FrozenTime, Param.Text("name"), Param.Text("customer")),
        Route.List(Collection, call => ListPage.Of(call, Kind)),
        Route.Get($"{Collection}/{{id}}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post($"{Collection}/{{id}}/advance", Advance, FrozenTime),
        Route.Delete($"{Collection}/{{id}}", call => Answer.Ok(Delete(call.Tx, call.Tx.Get(Kind, call.Id)))),
    ];

    /// <summary>Deletes a clock with its customers, whose subscriptions are canceled.</summary>
    public static JsonObject Delete(Transaction tx, JsonObject clock)
    {
        foreach (var customer in TestClockLimits.CustomersOf(tx, clock.Id()).ToList())
        {
            DeleteCustomer.Run(tx.By(customer), customer);
        }

        tx.Remove(clock);
        tx.Emit($"{Kind}.deleted", clock);
        return Deleted.Of(clock);
    }

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var clock = tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("clock"),
                ["object"] = Kind,
                ["created"] = tx.Now,
                ["deletes_after"] = tx.Now + KeptSeconds,
                ["frozen_time"] = input.Int("frozen_time"),
                ["livemode"] = false,
                ["name"] = input.TextOrNull("name"),
                ["status"] = "ready",
                ["status_details"] = new JsonObject(),
            },
            $"{Kind}.created"
        );
        if (input.TextOrNull("customer") is { } id)
        {
            Adopt(tx, clock, tx.Get("customer", id, "customer"));
        }

        return Answer.Ok(clock);
    }

    /// <summary>A customer who has no history yet can begin to live by a clock.</summary>
    private static void Adopt(Transaction tx, JsonObject clock, JsonObject customer)
    {
        string[] histories = ["subscription", "subscription_schedule", "invoice", "invoiceitem"];
        if (
            customer.TextOrNull("test_clock") is not null
            || histories.Any(kind => tx.With(kind, "customer", customer.Id()).Any())
        )
        {
            throw StripeException.Invalid(
                "The Sandbox puts only a customer on a test clock who has none, and no invoices or subscriptions.",
                "customer"
            );
        }

        tx.Change(customer, change => change["test_clock"] = clock.Id(), "customer.updated");
    }

    private static Answer Advance(Call call)
    {
        var (tx, clock, target) = (call.Tx, call.Tx.Get(Kind, call.Id), call.Input.Int("frozen_time"));
        if (clock.Text("status") != "ready")
        {
            throw StripeException.Invalid($"The test clock is not ready (status: {clock.Text("status")}).");
        }

        if (target <= clock.Int("frozen_time"))
        {
            throw StripeException.Invalid(
                "A test clock only moves forward: `frozen_time` must be after its current one.",
                "frozen_time"
            );
        }

        return target > TestClockLimits.Farthest(tx, clock)
            ? throw StripeException.Invalid(
                "One advance goes at most two intervals of the shortest subscription, or two years if there is none.",
                "frozen_time"
            )
            : Answer.Ok(TestClock.SetOut(tx, clock, target));
    }
}
