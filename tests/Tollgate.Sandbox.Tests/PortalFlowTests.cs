using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Portal sessions that open at one task, and the customer's cards and words.</summary>
public sealed class PortalFlowTests
{
    private const string Back = "return_url=http://localhost:8000/settings";
    private const string Redirect = "flow_data[after_completion][redirect][return_url]=http://localhost:8000/done";

    [Fact]
    public async Task Cancel_flow_opens_at_the_question_and_ends_at_the_sellers_url()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        string[] flow =
        [
            "flow_data[type]=subscription_cancel",
            $"flow_data[subscription_cancel][subscription]={subscription.Id}",
        ];
        var path = await OpenAsync(
            sandbox,
            subscription,
            [.. flow, "flow_data[after_completion][type]=redirect", Redirect]
        );
        var page = await Form.ReadAsync(sandbox, path);
        Assert.Contains("<h1>Cancel plan</h1>", page, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8000/settings\">Keep plan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Billing</a>", page, StringComparison.Ordinal);
        var (status, done) = await Form.PostAsync(
            sandbox,
            $"{path}/subscriptions/{subscription.Id}/cancel",
            "feedback=other"
        );
        Assert.Equal(200, status);
        Assert.Contains("url=http://localhost:8000/done", done, StringComparison.Ordinal);
        var canceling = await sandbox.GetAsync($"/v1/subscriptions/{subscription.Id}");
        Assert.NotEqual("null", canceling["cancel_at"]);
        // The task is done: the link now shows the whole page, and no other session can ask for it again.
        Assert.Contains("Don't cancel plan", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var again = await RefusedAsync(sandbox, subscription, flow);
        Assert.Equal("flow_data[subscription_cancel][subscription]", again["error.param"]);
    }

    [Fact]
    public async Task Card_flow_confirms_in_the_sellers_words()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        var path = await OpenAsync(
            sandbox,
            subscription,
            "flow_data[type]=payment_method_update",
            "flow_data[after_completion][type]=hosted_confirmation",
            "flow_data[after_completion][hosted_confirmation][custom_message]=Thank you!"
        );
        Assert.Contains("Add a card", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var (refused, _) = await Form.CardAsync(sandbox, $"{path}/card", "4000 0000 0000 0002");
        Assert.Equal(402, refused);
        var (saved, body) = await Form.CardAsync(sandbox, $"{path}/card", "5555 5555 5555 4444");
        Assert.Equal(200, saved);
        var next = body.GetProperty("redirect").GetString()!;
        Assert.EndsWith("/done", next, StringComparison.Ordinal);
        Assert.Contains("Thank you!", await Form.ReadAsync(sandbox, next), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_flow_shows_the_money_of_what_the_seller_proposes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        var item = subscription["items.data.0.id"];
        const string confirm = "flow_data[subscription_update_confirm]";
        string[] flow =
        [
            "flow_data[type]=subscription_update_confirm",
            $"{confirm}[subscription]={subscription.Id}",
            $"{confirm}[items][0][id]={item}",
        ];
        var path = await OpenAsync(sandbox, subscription, [.. flow, $"{confirm}[items][0][quantity]=5"]);
        var page = await Form.ReadAsync(sandbox, path);
        Assert.Contains("<h1>Confirm your update</h1>", page, StringComparison.Ordinal);
        var price = subscription["items.data.0.price.id"];
        var (status, home) = await Form.PostAsync(
            sandbox,
            $"{path}/subscriptions/{subscription.Id}/confirm",
            $"price={price}",
            "quantity=5"
        );
        Assert.Equal(200, status);
        Assert.Contains("Quantity 5", home, StringComparison.Ordinal);
        var outside = await RefusedAsync(sandbox, subscription, [.. flow, $"{confirm}[items][0][quantity]=11"]);
        Assert.Equal($"{confirm}[items][0][quantity]", outside["error.param"]);
        var foreign = await Some.PriceAsync(sandbox);
        var other = await RefusedAsync(sandbox, subscription, [.. flow, $"{confirm}[items][0][price]={foreign}"]);
        Assert.Equal($"{confirm}[items][0][price]", other["error.param"]);
    }

    [Fact]
    public async Task Update_flow_opens_at_the_plans_and_shows_a_refusal_in_place()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        var path = await OpenAsync(
            sandbox,
            subscription,
            "flow_data[type]=subscription_update",
            $"flow_data[subscription_update][subscription]={subscription.Id}"
        );
        Assert.Contains("<h1>Update plan</h1>", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var (status, page) = await Form.PostAsync(
            sandbox,
            $"{path}/subscriptions/{subscription.Id}/confirm",
            $"price={subscription["items.data.0.price.id"]}",
            "quantity=99"
        );
        Assert.Equal(400, status);
        Assert.Contains("Choose from 2 to 10.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Invoice history", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_that_the_configuration_does_not_offer_is_refused_by_name()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        var off = await RefusedAsync(sandbox, subscription, "flow_data[type]=customer_update");
        Assert.Equal("flow_data[type]", off["error.param"]);
        var unnamed = await RefusedAsync(sandbox, subscription, "flow_data[type]=subscription_cancel");
        Assert.Equal("flow_data[subscription_cancel]", unnamed["error.param"]);
        var nowhere = await RefusedAsync(
            sandbox,
            subscription,
            "flow_data[type]=payment_method_update",
            "flow_data[after_completion][type]=redirect"
        );
        Assert.Equal("flow_data[after_completion][redirect][return_url]", nowhere["error.param"]);
        var stranger = await Some.SubscriptionAsync(sandbox);
        await RefusedAsync(
            sandbox,
            subscription,
            "flow_data[type]=subscription_cancel",
            $"flow_data[subscription_cancel][subscription]={stranger.Id}"
        );
    }

    [Fact]
    public async Task Card_is_removed_unless_the_plan_is_paid_with_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await StartAsync(sandbox);
        var customer = subscription["customer"];
        var only = (await sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Ids.Single();
        var path = await OpenAsync(sandbox, subscription);
        Assert.DoesNotContain("Remove</button>", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var (refused, page) = await Form.PostAsync(sandbox, $"{path}/cards/{only}/remove");
        Assert.Equal(400, refused);
        Assert.Contains("Your plan is paid with this card.", page, StringComparison.Ordinal);
        await Form.CardAsync(sandbox, $"{path}/card", "5555 5555 5555 4444");
        Assert.Contains("Remove Visa ending in 4242", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var (removed, _) = await Form.PostAsync(sandbox, $"{path}/cards/{only}/remove");
        Assert.Equal(200, removed);
        Assert.Single((await sandbox.GetAsync($"/v1/customers/{customer}/payment_methods")).Ids);
    }

    [Fact]
    public async Task Billing_information_is_changed_as_far_as_it_is_allowed()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var customer = await Some.CustomerAsync(sandbox);
        await sandbox.PostAsync(
            "/v1/billing_portal/configurations",
            "features[customer_update][enabled]=true",
            "features[customer_update][allowed_updates][0]=email",
            "features[customer_update][allowed_updates][1]=address"
        );
        var session = await sandbox.PostAsync("/v1/billing_portal/sessions", $"customer={customer}");
        var path = new Uri(session["url"]).AbsolutePath;
        Assert.Contains("Billing information", await Form.ReadAsync(sandbox, path), StringComparison.Ordinal);
        var form = await Form.ReadAsync(sandbox, $"{path}/customer");
        Assert.Contains("address[line1]", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Phone", form, StringComparison.Ordinal);
        var (saved, home) = await Form.PostAsync(
            sandbox,
            $"{path}/customer",
            "email=new@acme.test",
            "address[line1]=Main Street 1",
            "address[country]=US"
        );
        Assert.Equal(200, saved);
        Assert.Contains("Main Street 1", home, StringComparison.Ordinal);
        Assert.Equal("new@acme.test", (await sandbox.GetAsync($"/v1/customers/{customer}"))["email"]);
        Assert.Equal(400, (await Form.PostAsync(sandbox, $"{path}/customer", "phone=123")).Status);
        Assert.Equal(400, (await Form.PostAsync(sandbox, $"{path}/customer", "email=")).Status);
    }

    private static async Task<Answered> StartAsync(TestSandbox sandbox)
    {
        var price = await Some.PriceAsync(sandbox);
        await Some.PortalConfigurationAsync(sandbox, price, "create_prorations");
        return await Some.SubscriptionAsync(sandbox, null, price, 3);
    }

    private static async Task<string> OpenAsync(TestSandbox sandbox, Answered subscription, params string[] flow)
    {
        var session = await sandbox.PostAsync(
            "/v1/billing_portal/sessions",
            [$"customer={subscription["customer"]}", Back, .. flow]
        );
        return new Uri(session["url"]).AbsolutePath;
    }

    private static Task<Answered> RefusedAsync(TestSandbox sandbox, Answered subscription, params string[] flow) =>
        sandbox.RefusedAsync(
            400,
            HttpMethod.Post,
            "/v1/billing_portal/sessions",
            [$"customer={subscription["customer"]}", .. flow]
        );
}
