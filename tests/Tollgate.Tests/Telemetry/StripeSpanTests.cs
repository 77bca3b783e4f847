using System.Collections.Concurrent;
using System.Diagnostics;
using Tollgate.Telemetry;
using Tollgate.Tests.Stripe;

namespace Tollgate.Tests.Telemetry;

public sealed class StripeSpanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_to_Stripe_is_a_span_that_names_its_route_and_its_end_and_no_object()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BillingMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await ScriptedServer.Start(Token);
        server.Answers(404, """{ "error": { "code": "resource_missing", "message": "No such customer: 'cus_1'" } }""");
        using var client = SomeStripe.Client(server);
        using var mine = new Activity("test").Start();

        await client.GetCustomer("cus_1", Token);

        var span = Assert.Single(ended, activity => activity.TraceId == mine.TraceId);
        Assert.Equal(("stripe GET /v1/customers/{id}", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["tollgate.outcome"] = "resource_missing",
                ["tollgate.attempts"] = 1,
                ["stripe.request_id"] = "req_scripted",
            },
            span.TagObjects.ToDictionary()
        );
    }
}
