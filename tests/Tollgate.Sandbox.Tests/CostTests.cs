using Tollgate.Sandbox.Http;
using Tollgate.Sandbox.State;
using Tollgate.Sandbox.Time;

namespace Tollgate.Sandbox.Tests;

/// <summary>What a subscription costs the Sandbox, in counts that no busy machine changes.</summary>
public sealed class CostTests
{
    private readonly SandboxState state = new() { BaseUrl = "http://127.0.0.1" };
    private readonly string price;
    private long now = 1_790_000_000;
    private Transaction last;

    public CostTests()
    {
        last = NewTransaction();
        var product = Post("/v1/products", "name=Team");
        price = Post("/v1/prices", $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month");
    }

    [Fact]
    public void Creation_leaves_six_documents_and_twelve_events()
    {
        Subscribe();
        Assert.Equal(
            ["charge", "customer", "event", "invoice", "invoice_payment", "payment_intent", "subscription"],
            last.Touched.Keys.Select(key => key.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Assert.Equal((6, 12), DocumentsAndEvents());
    }

    [Fact]
    public void Renewal_leaves_two_documents_and_two_events_its_notice_one_and_its_payment_five_and_eight()
    {
        var subscription = Subscribe();
        now = DueTime.Of(state.Find("subscription", subscription)!)!.Value;
        RunDue("subscription", subscription);
        Assert.Equal((1, 1), DocumentsAndEvents());
        now = DueTime.Of(state.Find("subscription", subscription)!)!.Value;
        RunDue("subscription", subscription);
        Assert.Equal((2, 2), DocumentsAndEvents());
        var invoice = state.Find("subscription", subscription)!.Text("latest_invoice");
        now = DueTime.Of(state.Find("invoice", invoice)!)!.Value;
        RunDue("invoice", invoice);
        Assert.Equal((5, 8), DocumentsAndEvents());
    }

    [Fact]
    public void Creation_allocates_less_than_350_000_bytes()
    {
        for (var warmUp = 0; warmUp < 20; warmUp++)
        {
            Subscribe();
        }

        const int measured = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < measured; number++)
        {
            Subscribe();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / measured, 1, 350_000);
    }

    private string Subscribe()
    {
        var customer = Post(
            "/v1/customers",
            "payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"
        );
        return Post("/v1/subscriptions", $"customer={customer}&items[0][price]={price}");
    }

    private string Post(string path, string form)
    {
        last = NewTransaction();
        var (route, ids) = RouteTable.Match("POST", path);
        var input = ParamBinding.Bind(FormNode.Parse(form), route.Known);
        return route.Handle(new Call(last, input, ids, state.BaseUrl, path)).Body.Id();
    }

    private (int Documents, int Events) DocumentsAndEvents() =>
        (last.Touched.Keys.Count(key => key.Kind != "event"), last.NewEvents.Count);

    private void RunDue(string kind, string id)
    {
        last = NewTransaction();
        DueWork.Run(last, last.Get(kind, id));
    }

    private Transaction NewTransaction() => new(state, new SandboxOptions(), now, origin: null);
}
