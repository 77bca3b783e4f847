using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Server;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Tests;

/// <summary>What a subscription costs the Sandbox, in counts that no busy machine changes.</summary>
public sealed class CostTests
{
    private readonly SandboxState state = StoredKinds.NewState("http://127.0.0.1");
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
        RunNext("subscription", subscription);
        Assert.Equal((1, 1), DocumentsAndEvents());
        RunNext("subscription", subscription);
        Assert.Equal((2, 2), DocumentsAndEvents());
        RunNext("invoice", LatestInvoice(subscription));
        Assert.Equal((5, 8), DocumentsAndEvents());
    }

    [Fact]
    public void Creation_allocates_less_than_250_000_bytes()
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

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / measured, 1, 250_000);
    }

    [Fact]
    public void Renewal_of_a_subscription_at_rest_allocates_less_than_250_000_bytes_with_its_notice()
    {
        const int measured = 100;
        // More than are kept as nodes, so that each is read from its text.
        var subscriptions = Enumerable.Range(0, measured).Select(_ => Subscribe()).ToList();
        RenewAll(subscriptions);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RenewAll(subscriptions);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / measured, 1, 250_000);
    }

    [Theory]
    [InlineData("/v1/subscriptions", "customer={0}")]
    [InlineData("/v1/invoices", "customer={0}")]
    [InlineData("/v1/invoices", "customer={0}&status=paid")]
    [InlineData("/v1/payment_intents", "customer={0}")]
    [InlineData("/v1/charges", "customer={0}")]
    [InlineData("/v1/events", "type=product.created")]
    [InlineData("/v1/events", "limit=3")]
    public void List_goes_through_no_more_documents_when_there_are_more_customers(string path, string query)
    {
        var customer = state.Find("subscription", Subscribe())!.Text("customer");
        var alone = Visits(path, string.Format(CultureInfo.InvariantCulture, query, customer));
        for (var other = 0; other < 50; other++)
        {
            Subscribe();
        }

        Assert.Equal(alone, Visits(path, string.Format(CultureInfo.InvariantCulture, query, customer)));
    }

    [Fact]
    public void Confirmation_finds_the_invoice_of_an_intent_without_going_through_others()
    {
        var subscription = Subscribe("pm_card_threeDSecure2Required");
        var invoice = state.Find("invoice", state.Find("subscription", subscription)!.Text("latest_invoice"))!;
        var payment = state.Find("invoice_payment", invoice.Text("_payment"))!;
        var intent = payment.Child("payment").Text("payment_intent");
        for (var other = 0; other < 50; other++)
        {
            Subscribe();
        }

        var before = state.Visited;
        Assert.Equal(invoice.Id(), InvoicePayments.InvoiceOf(NewTransaction(), intent)!.Id());
        Assert.Equal(1, state.Visited - before);
    }

    private long Visits(string path, string query)
    {
        var before = state.Visited;
        Send("GET", path, query);
        return state.Visited - before;
    }

    private string Subscribe(string card = "pm_card_visa")
    {
        var customer = Post("/v1/customers", $"payment_method={card}&invoice_settings[default_payment_method]={card}");
        return Post("/v1/subscriptions", $"customer={customer}&items[0][price]={price}");
    }

    private string Post(string path, string form) => Send("POST", path, form).Id();

    private JsonObject Send(string method, string path, string form)
    {
        last = NewTransaction();
        var (route, ids) = SandboxApi.Surface.Routes.Match(method, path);
        var input = ParamBinding.Bind(FormNode.Parse(form), route.Known);
        return route.Handle(new Call(last, input, ids, state.BaseUrl, path)).Body;
    }

    private (int Documents, int Events) DocumentsAndEvents() =>
        (last.Touched.Keys.Count(key => key.Kind != "event"), NewEvents.Of(last).Events.Count);

    private string LatestInvoice(string subscription) =>
        state.Find("subscription", subscription)!.Text("latest_invoice");

    private void RenewAll(List<string> subscriptions)
    {
        subscriptions.ForEach(id => RunNext("subscription", id));
        subscriptions.ForEach(id => RunNext("subscription", id));
        subscriptions.ForEach(id => RunNext("invoice", LatestInvoice(id)));
    }

    /// <summary>What is due next for a document happens at its time.</summary>
    private void RunNext(string kind, string id)
    {
        now = state.Kinds.DueAt(state.Find(kind, id)!)!.Value;
        last = NewTransaction();
        state.Kinds.RunDue(last, last.Get(kind, id));
    }

    private Transaction NewTransaction() => new(state, new SandboxOptions(), now, origin: null);
}
